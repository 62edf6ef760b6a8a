/** Writes the documents that are made from the manifest: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { permissionsDocument } from './docs/permissions';

const root = path.resolve(__dirname, '..');
const manifest = readFileSync(path.join(root, 'manifest.yml'), 'utf8');
writeFileSync(path.join(root, 'docs', 'permissions.md'), permissionsDocument(manifest));
