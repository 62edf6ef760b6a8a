/**
 * Checks the app with Atlassian's own validator and linter, as `forge lint` does, without a login or the network.
 *
 * Run from the app's folder after `npm ci --ignore-scripts --prefix local/forge-tools`: `node local/forge-tools/validate.cjs`.
 * Exit status 0 without errors, 1 with.
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const {
  ManifestParserBuilder,
  ProcessorBuilder,
  ValidationTypes,
  validateTriggerScopes,
} = require('@forge/manifest');

/** Runtimes that Forge no longer deploys (nodejs20.x since 2026-05-06); the linter would ask a service. */
const DEPRECATED_RUNTIMES = ['nodejs20.x'];

/** Documented by Atlassian, but missing from the validator's list of events and their scopes. */
const EVENTS_ONLY_DOCUMENTED = new Map([
  ['avi:bitbucket:created:build-status', 'read:repository:bitbucket'],
  ['avi:bitbucket:updated:build-status', 'read:repository:bitbucket'],
  ['avi:bitbucket:resolved:pullrequest-comment', 'read:pullrequest:bitbucket'],
  ['avi:bitbucket:reopened:pullrequest-comment', 'read:pullrequest:bitbucket'],
]);

/** Scopes of the endpoints the app calls, for the linter where the official OpenAPI document is not at hand. */
const REPOSITORY = '/repositories/{workspace}/{repo_slug}';
const SCOPES_OF_ENDPOINTS = {
  '/repositories/{workspace}': 'read:repository:bitbucket',
  [REPOSITORY]: 'read:repository:bitbucket',
  [`${REPOSITORY}/pullrequests`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/{pull_request_id}`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/{pull_request_id}/activity`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/{pull_request_id}/commits`]: 'read:pullrequest:bitbucket',
  [`${REPOSITORY}/pullrequests/{pull_request_id}/diffstat`]: 'read:pullrequest:bitbucket',
};

const OFFICIAL_DOCUMENT = path.resolve('../shared/data/openapi/bitbucket-cloud.openapi3.json');

async function main() {
  const findings = [...(await validateManifest()), ...(await lintSources())];
  for (const { level, where, message } of findings) console.log(`${level} ${where}: ${message}`);
  const errors = findings.filter(({ level }) => level === 'error').length;
  console.log(`Forge validation: ${errors} errors, ${findings.length - errors} warnings`);
  process.exitCode = errors > 0 ? 1 : 0;
}

async function validateManifest() {
  const findings = [];
  for (const type of [ValidationTypes.FULL, ValidationTypes.PRODUCT_TRIGGER]) {
    const result = await ProcessorBuilder.instance()
      .withValidation(type)
      .withOptions({ deprecatedRuntimes: DEPRECATED_RUNTIMES })
      .build()
      .process();
    for (const { level, line, message } of result.errors ?? []) {
      findings.push({ level, where: `manifest.yml:${line ?? '-'}`, message });
    }
  }
  return [...findings, ...(await validateEvents())];
}

/** The manifest's schema takes any text as an event; one that does not exist would never be delivered, or reported. */
async function validateEvents() {
  const { modules, permissions } = parsedManifest();
  const findings = [];
  for (const { key, events } of modules.trigger ?? []) {
    for (const event of events.filter((name) => name.startsWith('avi:bitbucket:'))) {
      const where = `trigger ${key}`;
      const { requiredScopes } = await validateTriggerScopes(event, permissions.scopes);
      const scope = EVENTS_ONLY_DOCUMENTED.get(event);
      if (requiredScopes) continue;
      if (!scope) findings.push({ level: 'error', where, message: `${event} is no event of Bitbucket` });
      else if (!permissions.scopes.includes(scope)) {
        findings.push({ level: 'error', where, message: `${event} requires ${scope}` });
      }
    }
  }
  return findings;
}

async function lintSources() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'forge-lint-'));
  const write = (name, document) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, JSON.stringify(document));
    return file;
  };
  const empty = write('empty.json', { paths: {} });
  // The linter downloads six OpenAPI documents unless all of them are named here.
  Object.assign(process.env, {
    USE_LOCAL_SWAGGER: 'true',
    LOCAL_JIRA_SWAGGER: empty,
    LOCAL_JSM_SWAGGER: empty,
    LOCAL_JSW_SWAGGER: empty,
    LOCAL_CONF_SWAGGER: empty,
    LOCAL_CONF_V2_SWAGGER: empty,
    LOCAL_BB_SWAGGER: fs.existsSync(OFFICIAL_DOCUMENT)
      ? OFFICIAL_DOCUMENT
      : write('bitbucket.json', ownDocument()),
    XDG_CONFIG_HOME: folder,
  });
  try {
    const { lint } = require('@forge/lint');
    const quiet = () => undefined;
    const logger = { info: quiet, warn: quiet, error: quiet, debug: quiet, trace: quiet };
    const results = await lint(
      sources('src'),
      parsedManifest(),
      'DEVELOPMENT',
      logger,
      { getDeprecatedRuntimes: async () => DEPRECATED_RUNTIMES },
      { linter: { mode: 'client-side' } },
    );
    return results.flatMap(({ file, errors, warnings, approvals }) => [
      ...[...errors, ...approvals].map(({ line, message }) => ({
        level: 'error',
        where: `${file}:${line}`,
        message,
      })),
      ...warnings.map(({ line, message }) => ({ level: 'warning', where: `${file}:${line}`, message })),
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function parsedManifest() {
  const filePath = path.resolve('manifest.yml');
  const content = fs.readFileSync(filePath, 'utf8');
  return new ManifestParserBuilder().withInterpolators().build().parseManifest({ content, filePath });
}

function ownDocument() {
  const operation = (scope) => ({
    get: { 'x-atlassian-oauth2-scopes': [{ state: 'Current', scheme: 'oauth2', scopes: [scope] }] },
  });
  return {
    paths: Object.fromEntries(
      Object.entries(SCOPES_OF_ENDPOINTS).map(([at, scope]) => [at, operation(scope)]),
    ),
  };
}

function sources(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .map((name) => path.posix.join(folder, String(name)))
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
