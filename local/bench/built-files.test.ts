import { filesLoaded } from './built-files';

const file = (name: string, text = '') => ({ name, bytes: Buffer.from(text) });

/** As Vite writes a build: an entry with two lazy parts, one of which has a style sheet, and what they share. */
const FILES = [
  file(
    'index.html',
    '<script type="module" src="./assets/index-AAAAAAAA.js"></script><link rel="stylesheet" href="./assets/index-AAAAAAAA.css">',
  ),
  file(
    'index-AAAAAAAA.js',
    'const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./panel-BBBBBBBB.js","./shared-DDDDDDDD.js","./panel-BBBBBBBB.css"])))=>i.map(i=>d[i]);import{a as e}from"./runtime-CCCCCCCC.js";l(()=>import(`./panel-BBBBBBBB.js`).then(e=>({default:e.Panel})),__vite__mapDeps([0,1,2]),import.meta.url),l(()=>import("./page-EEEEEEEE.js"),[])',
  ),
  file('index-AAAAAAAA.css'),
  file('runtime-CCCCCCCC.js'),
  file('panel-BBBBBBBB.js', 'import{a}from"./shared-DDDDDDDD.js";import"./runtime-CCCCCCCC.js";'),
  file('panel-BBBBBBBB.css'),
  file('shared-DDDDDDDD.js'),
  file('page-EEEEEEEE.js'),
];

const loaded = (...starts: readonly string[]): readonly string[] =>
  filesLoaded(FILES, starts).map(({ name }) => name);

it('are what the page names and what that imports, but no lazy part', () => {
  expect(loaded('index.html')).toEqual([
    'index.html',
    'index-AAAAAAAA.js',
    'index-AAAAAAAA.css',
    'runtime-CCCCCCCC.js',
  ]);
});

it('are those of a lazy part with its style sheet, each once', () => {
  expect(loaded('panel')).toEqual([
    'runtime-CCCCCCCC.js',
    'panel-BBBBBBBB.js',
    'panel-BBBBBBBB.css',
    'shared-DDDDDDDD.js',
  ]);
  expect(loaded('page')).toEqual(['page-EEEEEEEE.js']);
  expect(loaded('pan')).toEqual([]);
});
