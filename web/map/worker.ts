/** MapLibre 6 asks for its worker by URL; Vite emits the file and gives the URL on the own host. */
import { prewarm, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

setWorkerUrl(workerUrl);
// The worker loads and compiles while the page mounts and its data comes, instead of when the map is made.
prewarm();
