/** Runs in the page around the app: answers the bridge of each frame, and drives theme, drawer and progress. */
import { startDrawer } from './drawer';
import { FunctionTable, isMessage, type Message } from './messages';
import { followProgress } from './progress';
import { currentTheme, onThemeChange, startThemeSwitch } from './theme';

type Command = (payload: never) => unknown;

function connect(frame: HTMLIFrameElement): void {
  const { origin = '', module = '', extension = '{}' } = frame.dataset;
  const post = (message: Message): void => frame.contentWindow?.postMessage(message, origin);
  const functions = new FunctionTable(post);
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  const onHost = async (command: string, payload: unknown): Promise<unknown> => {
    const response = await fetch('/__host/bridge', {
      method: 'POST',
      body: JSON.stringify({ module, extension: JSON.parse(extension) as unknown, command, payload }),
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
    reload: () => {
      frame.src = frame.src;
    },
    refresh: () => {
      frame.src = frame.src;
    },
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
  // The bridge must listen before the frame asks.
  frame.src = frame.dataset.src ?? '';
}

interface Location_ {
  readonly url?: string;
  readonly target?: string;
  readonly moduleKey?: string;
  readonly pullRequestId?: number;
  readonly type?: string;
}

/** The local address of what the app wants to open; Bitbucket's own pages exist here as far as they are needed. */
function addressOf({ url, moduleKey, pullRequestId }: Location_): string {
  const base = document.body.dataset.repositoryPath ?? '';
  if (moduleKey !== undefined) return `${base}/app/${moduleKey}`;
  if (pullRequestId !== undefined) return `${base}/pull-requests/${pullRequestId}`;
  if (url === undefined) return base || '/';
  const parsed = new URL(url, window.location.origin);
  const isBitbucket = parsed.hostname === 'bitbucket.org' || parsed.origin === window.location.origin;
  return isBitbucket ? `${parsed.pathname}${parsed.search}` : parsed.href;
}

function navigate(location: Location_): void {
  const address = addressOf(location);
  if (location.type === 'new-tab') window.open(address, '_blank', 'noopener');
  else window.location.assign(address);
}

/** The app's own address, kept behind the page's `#`, so that a view can be shared. */
function createHistory(): object {
  const listeners = new Set<(location: object, action: string) => void>();
  const read = (): object => {
    const { pathname, search } = new URL(window.location.hash.slice(1) || '/', window.location.origin);
    return { pathname, search, hash: '', state: null, key: 'default' };
  };
  const write = (to: string | { pathname?: string; search?: string }, action: 'PUSH' | 'REPLACE'): void => {
    const text = typeof to === 'string' ? to : `${to.pathname ?? '/'}${to.search ?? ''}`;
    if (action === 'PUSH') window.history.pushState(null, '', `#${text}`);
    else window.history.replaceState(null, '', `#${text}`);
    for (const listener of listeners) listener(read(), action);
  };
  window.addEventListener('popstate', () => {
    for (const listener of listeners) listener(read(), 'POP');
  });
  return {
    action: 'POP',
    location: read(),
    listen: (listener: (location: object, action: string) => void) => {
      listeners.add(listener);
    },
    push: (to: string) => write(to, 'PUSH'),
    replace: (to: string) => write(to, 'REPLACE'),
    go: (delta: number) => window.history.go(delta),
    goBack: () => window.history.back(),
    goForward: () => window.history.forward(),
    createHref: (to: string) => to,
  };
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
for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[data-module]')) connect(frame);
startDrawer();
followProgress();
