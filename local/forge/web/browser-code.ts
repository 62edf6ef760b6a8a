/** Bundles the small scripts that run in the browser. */
import path from 'node:path';
import { build } from 'esbuild';

/** The script of `browser/<name>` as one text. */
export async function bundleBrowserCode(name: string): Promise<string> {
  const result = await build({
    entryPoints: [path.join(__dirname, 'browser', name)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`${name} gave no script.`);
  return file.text;
}
