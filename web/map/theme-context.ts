import { getContext, setContext } from 'svelte';
import type { Theme } from './palette.ts';

const KEY = Symbol('map theme');

/** MapView says which theme the map wears; the layers ask, so that nobody passes it through by hand. */
export const provideTheme = (theme: () => Theme): void => void setContext(KEY, theme);

/** Call it while a component is being set up; the returned function follows the theme. */
export const useTheme = (): (() => Theme) => getContext<() => Theme>(KEY);
