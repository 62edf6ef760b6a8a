/** Shows how far the import is, until it is complete. */

interface Progress {
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

const POLL_MILLISECONDS = 2_000;

export function followProgress(): void {
  const strip = document.querySelector<HTMLElement>('#progress');
  const bar = strip?.querySelector('progress');
  const text = strip?.querySelector('span');
  if (!strip || !bar || !text) return;
  const poll = async (): Promise<void> => {
    const response = await fetch('/__host/progress');
    const progress = (await response.json()) as Progress | null;
    strip.hidden = progress === null;
    if (progress === null) return;
    text.textContent = progress.text;
    bar.max = progress.total;
    bar.value = progress.done;
    window.setTimeout(() => void poll(), POLL_MILLISECONDS);
  };
  void poll().catch(() => {
    strip.hidden = true;
  });
}
