/** Range requests into one archive on the own host. Loaded only when the ground is an archive. */
import { addProtocol } from 'maplibre-gl';

let ready: Promise<void> | null = null;

export function preparePmtiles(): Promise<void> {
  ready ??= import('pmtiles').then(({ Protocol }) => {
    const protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
  });
  return ready;
}
