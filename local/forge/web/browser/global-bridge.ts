/** Runs in the app's frame before the app: `window.__bridge` as Forge's injected script provides it. */
import { firstNumber, FunctionTable, isMessage, type Message } from './messages';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

const post = (message: Message): void => window.parent.postMessage(message, '*');
const functions = new FunctionTable(post);
const waiting = new Map<number, Waiting>();
let last = firstNumber();

function callBridge(command: string, payload?: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    post({ forgeBridge: 1, kind: 'call', id: last, command, payload: functions.pack(payload) });
  });
}

/** Atlassian's tokens are switched by two attributes of the root element. */
function applyTheme(theme: unknown): void {
  if (theme === null || typeof theme !== 'object' || !('colorMode' in theme)) return;
  const { colorMode, ...themes } = theme as { colorMode: string } & Record<string, string>;
  const root = document.documentElement;
  root.dataset.colorMode = colorMode;
  root.dataset.theme = Object.entries(themes)
    .map(([name, value]) => `${name}:${value}`)
    .join(' ');
}

let themed = false;

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || !isMessage(event.data)) return;
  const message = event.data;
  if (message.kind === 'run') functions.run(message.reference, message.args);
  if (message.kind === 'theme' && themed) applyTheme(message.theme);
  if (message.kind !== 'reply') return;
  const call = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.ok) call?.resolve(functions.unpack(message.value));
  else call?.reject(new Error(String(message.value)));
});

Object.defineProperty(window, '__bridge', {
  value: {
    callBridge: async (command: string, payload?: unknown): Promise<unknown> => {
      const answer = await callBridge(command, payload);
      if (command !== 'enableTheming') return answer;
      themed = true;
      applyTheme(answer);
      return undefined;
    },
  },
});

// Bitbucket lets a frame grow to what is in it.
function reportHeight(): void {
  post({ forgeBridge: 1, kind: 'height', height: document.documentElement.offsetHeight });
}
document.addEventListener('DOMContentLoaded', () => {
  new ResizeObserver(reportHeight).observe(document.documentElement);
  reportHeight();
});
