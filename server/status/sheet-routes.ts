import { z } from 'zod';
import { createRouter, route } from '../platform/http.ts';
import { gives } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { figuresQuerySchema } from './contract.ts';
import { checkFigureSheet, writeFigureSheet } from './sheet-actions.ts';
import { checkedSheetSchema, FIGURE_SHEET_LIMIT_BYTES } from './sheet-contract.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const template = route({
  method: 'get',
  path: '/api/status/figures/sheet.xlsx',
  permission: 'figure.read',
  summary: 'The figures of a period as a workbook to fill in: every ward and indicator',
  request: { query: figuresQuerySchema },
  responses: { 200: { description: 'The workbook', content: { [XLSX]: { schema: z.string() } } } },
});
const check = route({
  method: 'post',
  path: '/api/status/figures/sheet',
  permission: 'figure.read',
  summary: 'Reads a filled workbook: what it would change, and each fault by its cell. Writes nothing',
  upload: { maxBytes: FIGURE_SHEET_LIMIT_BYTES, types: ['*'] },
  responses: gives('What the workbook says', checkedSheetSchema),
});

export const sheetRoutes = (services: Services) =>
  createRouter()
    .openapi(template, async (c) => {
      const query = c.req.valid('query');
      return c.body(new Uint8Array(await writeFigureSheet(services, query)), 200, {
        'content-type': XLSX,
        'content-disposition': `attachment; filename="so-lieu-${query.period}.xlsx"`,
        'cache-control': 'no-store',
      }) as never;
    })
    .openapi(check, async (c) => {
      const bytes = Buffer.from(await c.req.arrayBuffer());
      return c.json(await checkFigureSheet(services, bytes, c.var.actor), 200);
    });
