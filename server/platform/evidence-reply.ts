/** How files leave: as attachments, never opened inside the page. */
import { fileKinds, type FileKind } from './file-kind.ts';
import type { AppContext } from './http.ts';

/** RFC 6266: a name in any letters, and one in plain letters for whoever cannot read it. */
export const attachment = (name: string, plain: string): string =>
  `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;

/** Evidence as it was kept. What is in it is not ours: it may run nothing. */
export const replyEvidence = (c: AppContext, { kind, name, bytes }: { kind: string; name: string; bytes: Buffer }) =>
  c.body(new Uint8Array(bytes), 200, {
    'content-type': fileKinds[kind as FileKind],
    'content-disposition': attachment(name, 'minh-chung'),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; sandbox",
  }) as never;
