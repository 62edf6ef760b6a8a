/** Gives what was put together to the reader: as a file, or by the clipboard. */
import type { TakenFile } from './loads';

/** Long enough for a browser to begin reading what it saves. */
const KEPT_MILLISECONDS = 60_000;

/** Hands a file to the browser, which saves it or asks where to. Forge's frame allows downloads. */
export function saveFile({ name, type, text }: TakenFile): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLISECONDS);
}

/** Whether the text is in the clipboard now: a frame may be refused it, and a browser wants a press just before. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
