/** Runs in the page around the app: answers the bridge of each frame, and drives the page's own switches. */
import { startDrawer } from './drawer';
import { createHistory } from './history';
import { currentLocale, onLanguageChange, startLanguageSwitch } from './language';
import { FunctionTable, isMessage, type Message } from './messages';
import { addressOf, navigate, type Location_ } from './navigation';
import { followProgress } from './progress';
import { followRebuilds } from './rebuilds';
import { currentTheme, onThemeChange, startThemeSwitch } from './theme';
import { startViewerSwitch } from './viewer';

type Command = (payload: never) => unknown;

/** Answers a frame's bridge, and gives what loads the frame again. */
function connect(frame: HTMLIFrameElement): () => void {
  const { origin = '', module = '', extension = '{}' } = frame.dataset;
  const post = (message: Message): void => frame.contentWindow?.postMessage(message, origin);
  const functions = new FunctionTable(post);
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  const onHost = async (command: string, payload: unknown): Promise<unknown> => {
    // The address as it is now: the app's own part of it changes.
    const place = { ...(JSON.parse(extension) as object), location: window.location.href };
    const response = await fetch('/__host/bridge', {
      method: 'POST',
      body: JSON.stringify({ module, extension: place, locale: currentLocale(), command, payload }),
    });
    const answer = (await response.json()) as { ok?: unknown; error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.ok;
  };
  const subscribe = ({
    event,
    callback,
  }: {
    event: string;
    callback: (payload: unknown) => void;
  }): unknown => {
    const those = listeners.get(event) ?? new Set();
    listeners.set(event, those.add(callback));
    return { unsubscribe: () => those.delete(callback) };
  };
  const emit = ({ event, payload }: { event: string; payload: unknown }): void => {
    for (const callback of listeners.get(event) ?? []) callback(payload);
  };

  const reloadFrame = (): void => {
    frame.src = frame.src;
  };

  const commands: Readonly<Record<string, Command>> = {
    getContext: async () => ({ ...((await onHost('getContext', null)) as object), theme: currentTheme() }),
    enableTheming: () => currentTheme(),
    showFlag: ({ id, title = '', description = '' }: { id: string; title?: string; description?: string }) =>
      showFlag(id, `${title} ${description}`.trim()),
    closeFlag: ({ id }: { id: string }) => document.getElementById(`flag-${id}`)?.remove(),
    on: subscribe,
    onPublic: subscribe,
    emit,
    emitPublic: emit,
    navigate,
    getUrl: (location: Location_) => new URL(addressOf(location), window.location.origin).href,
    reload: reloadFrame,
    refresh: reloadFrame,
    createHistory: () => createHistory(),
    changeWindowTitle: (title: string) => {
      document.title = title;
    },
    getFrameId: () => module,
    emitReadyEvent: () => undefined,
    onClose: () => undefined,
    emitFrontendCustomMetric: () => undefined,
    getCookieConsentPreferences: () => null,
  };

  window.addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin || !isMessage(event.data)) return;
    const message = event.data;
    if (message.kind === 'run') functions.run(message.reference, message.args);
    if (message.kind === 'height') frame.style.height = `${Math.max(60, Math.ceil(message.height))}px`;
    if (message.kind !== 'call') return;
    const { id, command } = message;
    const payload = functions.unpack(message.payload) as never;
    const local = commands[command];
    Promise.resolve()
      .then(() => (local ? local(payload) : onHost(command, payload)))
      .then((value) => post({ forgeBridge: 1, kind: 'reply', id, ok: true, value: functions.pack(value) }))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        post({ forgeBridge: 1, kind: 'reply', id, ok: false, value: reason });
      });
  });
  onThemeChange((theme) => post({ forgeBridge: 1, kind: 'theme', theme }));
  onLanguageChange(reloadFrame);
  // The bridge must listen before the frame asks.
  frame.src = frame.dataset.src ?? '';
  return reloadFrame;
}

function showFlag(id: string, text: string): boolean {
  const flag = document.createElement('div');
  flag.id = `flag-${id}`;
  flag.className = 'flag';
  flag.setAttribute('role', 'status');
  flag.textContent = text;
  document.getElementById('flags')?.append(flag);
  return true;
}

startThemeSwitch();
startLanguageSwitch();
startViewerSwitch();
const frames = [...document.querySelectorAll<HTMLIFrameElement>('iframe[data-module]')].map(connect);
startDrawer();
followProgress();
followRebuilds(() => {
  for (const reload of frames) reload();
});
