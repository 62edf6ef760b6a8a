/**
 * A process that checks the types of the app's sources whenever it is asked, each time only what a change touches: the
 * first look takes many seconds, a further one less than one.
 */
import path from 'node:path';
import ts from 'typescript';
import { z } from 'zod';

const [appDirectory = '.'] = process.argv.slice(2);
const request = z.object({ check: z.number() });

/** What runs in the app; tests and what is local have their own check, `npm run types`. */
const APP_SOURCE = /^(src|static)\//;
const TEST = /\.test\.tsx?$/;

interface KnownFile {
  readonly changedAt: number;
  readonly source: ts.SourceFile | undefined;
}

const knownFiles = new Map<string, KnownFile>();
let latest: ts.SemanticDiagnosticsBuilderProgram | undefined;

function relative(file: string): string {
  return path.relative(appDirectory, file).split(path.sep).join('/');
}

function settings(): ts.ParsedCommandLine {
  const file = path.join(appDirectory, 'tsconfig.json');
  const parsed = ts.getParsedCommandLineOfConfigFile(
    file,
    { noEmit: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  );
  if (parsed === undefined) throw new Error(`${file} cannot be read.`);
  return parsed;
}

/** The compiler's own access to files, except that a file that did not change is not read and parsed again. */
function rememberingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createIncrementalCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    const changedAt = ts.sys.getModifiedTime?.(file)?.getTime() ?? 0;
    const known = knownFiles.get(file);
    if (known?.changedAt === changedAt) return known.source;
    const source = read(file, ...rest);
    knownFiles.set(file, { changedAt, source });
    return source;
  };
  return host;
}

function check(): readonly string[] {
  const { fileNames, options } = settings();
  const names = fileNames.filter((file) => APP_SOURCE.test(relative(file)) && !TEST.test(file));
  latest = ts.createSemanticDiagnosticsBuilderProgram(names, options, rememberingHost(options), latest);
  return [
    ...latest.getOptionsDiagnostics(),
    ...latest.getGlobalDiagnostics(),
    ...latest.getSyntacticDiagnostics(),
    ...latest.getSemanticDiagnostics(),
  ].map(lineOf);
}

/** As editors and terminals link it: file, line and column, and the first line of what is wrong. */
function lineOf({ file, start, messageText, code }: ts.Diagnostic): string {
  const [message = ''] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
  const said = `${message} (TS${code})`;
  if (file === undefined || start === undefined) return said;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${relative(file.fileName)}:${line + 1}:${character + 1} ${said}`;
}

process.on('message', (message) => {
  const { check: number } = request.parse(message);
  // A host that ended meanwhile is told by the disconnection, not by this answer.
  process.send?.({ checked: number, problems: check() }, undefined, undefined, () => undefined);
});
process.on('disconnect', () => process.exit(0));
