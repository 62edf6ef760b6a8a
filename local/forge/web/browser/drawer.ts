/** The event drawer: does something to the demo workspace and shows the event that Forge sends for it. */

interface Sent {
  readonly error?: string;
  readonly eventType?: string;
  readonly payload?: unknown;
  readonly deliveries?: number;
}

export function startDrawer(): void {
  const drawer = document.querySelector<HTMLDialogElement>('#drawer');
  const form = document.querySelector<HTMLFormElement>('#drawer form');
  const result = document.querySelector<HTMLElement>('#drawer-result');
  if (!drawer || !form || !result) return;
  document.querySelector('#open-drawer')?.addEventListener('click', () => drawer.showModal());
  document.querySelector('#close-drawer')?.addEventListener('click', () => drawer.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    result.textContent = 'Sending…';
    void send({
      key: textOf(data.get('action')),
      repository: document.body.dataset.repositoryUuid ?? '',
      pullRequest: Number(textOf(data.get('pullRequest'))) || null,
    }).then((sent) => {
      result.textContent =
        sent.error ??
        `${sent.eventType ?? ''}, taken by ${sent.deliveries ?? 0} trigger(s)\n\n${JSON.stringify(sent.payload, null, 2)}`;
    });
  });
}

/** A select's value; a file would be none. */
function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

async function send(body: object): Promise<Sent> {
  try {
    const response = await fetch('/__host/event', { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as Sent;
  } catch {
    return { error: 'The local host does not answer. Is npm start still running?' };
  }
}
