import { readFileSync } from 'node:fs';
import path from 'node:path';
import { manifestReasons } from './manifest-reasons';
import { permissionsDocument } from './permissions';

const root = path.resolve(__dirname, '../..');
const manifest = readFileSync(path.join(root, 'manifest.yml'), 'utf8');

it('is what stands in docs/permissions.md (else run npm run docs)', () => {
  expect(readFileSync(path.join(root, 'docs', 'permissions.md'), 'utf8')).toBe(permissionsDocument(manifest));
});

it('gives every event, permission and entity of the manifest a row', () => {
  const { events, scopes, entities } = manifestReasons(manifest);
  const document = permissionsDocument(manifest);
  for (const { name, reason } of [...events, ...scopes, ...entities]) {
    expect(document).toContain(`| \`${name}\` | ${reason} |`);
  }
});

it('changes with the manifest', () => {
  const without = manifest.replace(/^.*\n.*avi:bitbucket:rejected:pullrequest\n/m, '');
  expect(permissionsDocument(without)).not.toContain('rejected:pullrequest');
});

it.each([
  ['a permission', /^ *# Deployments and pipelines.*\n/m, 'read:pipeline:bitbucket'],
  ['an event', /^ *# The decline\.\n/m, 'avi:bitbucket:rejected:pullrequest'],
  ['the first event of a list', /^ *# A new repository is imported\.\n/m, 'avi:bitbucket:created:repository'],
])('refuses %s without a reason', (_, reason, name) => {
  expect(() => permissionsDocument(manifest.replace(reason, ''))).toThrow(name);
});

it('refuses an entity whose lifetime nobody said', () => {
  const further = manifest.replace(
    '      - name: notes\n',
    '      - name: notes\n      # More.\n      - name: more\n',
  );
  expect(() => permissionsDocument(further)).toThrow('The entity more has no lifetime');
});
