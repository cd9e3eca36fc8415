export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'danger';
  /** The way back, while the message stands. */
  action?: { label: string; act: () => void } | undefined;
}

/** Short messages that leave by themselves; a refusal stays longer, because it must be read. */
class Toasts {
  items = $state<Toast[]>([]);
  #next = 1;

  say(text: string, tone: Toast['tone'] = 'plain', action?: Toast['action']): void {
    const id = this.#next++;
    this.items.push({ id, text, tone, action });
    setTimeout(() => this.dismiss(id), tone === 'danger' || action ? 12_000 : 5_000);
  }

  dismiss(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
