export type Theme = 'light' | 'dark';
const KEY = 'atlas.theme';

const fromSystem = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** The reader's choice, or the system's until they make one. */
class ThemeState {
  #chosen = $state<Theme | null>((localStorage.getItem(KEY) as Theme | null) ?? null);
  #system = $state<Theme>(fromSystem());

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (this.#system = fromSystem()));
  }

  get current(): Theme {
    return this.#chosen ?? this.#system;
  }

  toggle(): void {
    this.#chosen = this.current === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, this.#chosen);
  }
}

export const theme = new ThemeState();
