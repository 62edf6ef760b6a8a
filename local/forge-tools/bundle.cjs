/**
 * Builds the functions with Atlassian's own bundler, as `forge deploy` does, without a login or the network.
 *
 * Run from the app's folder: `node local/forge-tools/bundle.cjs OUTPUT-FOLDER RUNTIME-FOLDER`. The real loader and
 * wrapper are on Atlassian's servers only; RUNTIME-FOLDER holds the local host's in `dist/`.
 */
const fs = require('node:fs');
const path = require('node:path');
const { FileSystemReader, FileSystemWriter, ConfigFile } = require('@forge/cli-shared');
const { getEntryPoints, getNodeBundler, getWrapperProvider } = require('@forge/bundler');

async function main(output, runtime) {
  process.env.FORGE_RUNTIME_PATH = path.resolve(runtime);
  const fileSystemReader = new FileSystemReader();
  const config = new ConfigFile(fileSystemReader, new FileSystemWriter());
  const quiet = () => undefined;
  const logger = { info: quiet, warn: console.warn, error: console.error, debug: quiet, trace: quiet };
  const bundler = getNodeBundler(logger, getWrapperProvider({ fileSystemReader }), config);
  const entryPoints = getEntryPoints(await config.getAppHandlers());
  const result = await bundler.bundle({ appDirectory: process.cwd(), entryPoints });
  for (const [name, content] of result.additionalOutputs) {
    fs.writeFileSync(path.join(result.outputDir, name), content);
  }
  fs.cpSync(result.outputDir, path.resolve(output), { recursive: true });
  console.log(`Forge bundle: ${fs.readdirSync(output).join(', ')}`);
}

const [output, runtime] = process.argv.slice(2);
if (!output || !runtime) {
  console.error('Name the output folder and the runtime folder: bundle.cjs OUTPUT-FOLDER RUNTIME-FOLDER');
  process.exitCode = 2;
} else {
  main(output, runtime).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
