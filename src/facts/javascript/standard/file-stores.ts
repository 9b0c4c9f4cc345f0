import type { Location, Truth } from '../../../model/index.ts';
import { literalTexts } from '../../../model/index.ts';
import { functionAround, runsAtStart } from '../../code/at-start.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** A file in which code keeps data, and from which it reads it again. */
export interface NodeFileStore {
  readonly at: Location;
  readonly what: string;
  /** `\0` stands for one that cannot be told. */
  readonly path: string;
  readonly reached: Truth;
}

const WRITES = [
  'fs.writeFile',
  'fs.writeFileSync',
  'fs/promises.writeFile',
  'fs-extra.writeJson',
  'fs-extra.writeJSON',
  'fs-extra.writeJsonSync',
  'fs-extra.writeFile',
  'jsonfile.writeFile',
  'jsonfile.writeFileSync',
];
const READS = [
  'fs.readFile',
  'fs.readFileSync',
  'fs/promises.readFile',
  'fs-extra.readJson',
  'fs-extra.readJSON',
  'fs-extra.readJsonSync',
  'jsonfile.readFile',
  'jsonfile.readFileSync',
];
/** Stores that are a file of JSON. */
const STORES = [
  'lowdb/node.JSONFile',
  'lowdb/node.JSONFilePreset',
  'lowdb/adapters/FileSync',
  'lowdb',
  'nedb',
  '@seald-io/nedb',
  'node-json-db.JsonDB',
];
/** Files for one moment, and those that anybody can make again. */
const PASSING = /(^|[/_.-])(tmp|temp|cache|cached|log|logs|report|export|debug|dist|build)([/_.-]|$)/i;

const textAt = (node: CodeView, site: CallSite): string => {
  const term = node.args(site).arg(0, '');
  return (term && literalTexts(term)[0]) ?? '\0';
};

const isJson = (node: CodeView, { call, scope }: CallSite): boolean =>
  /json/i.test(node.nameOf(call.callee, scope)) ||
  call.args.some(({ value }) => /\bJSON\.stringify\(/.test(node.textOf(scope, value)));

const factOf = (node: CodeView, site: CallSite, path: string): NodeFileStore => ({
  at: node.at(site.scope, site.call),
  what: `the JSON file${path.includes('\0') ? '' : ` ${path}`}`,
  path,
  reached: node.reached(site),
});

/** Files of JSON that requests change, and that are read again. */
export function nodeFileStores(node: CodeView): readonly NodeFileStore[] {
  const readers = new Set(node.calls(...READS).map(({ scope }) => scope.module));
  const written = node
    .calls(...WRITES)
    .filter(site => {
      const around = functionAround(site.scope);
      return (
        around &&
        readers.has(site.scope.module) &&
        isJson(node, site) &&
        runsAtStart(node, site) === 'no' &&
        node.reached(site) !== 'no' &&
        !PASSING.test(around.name)
      );
    })
    .map(site => factOf(node, site, textAt(node, site)));
  const stores = node.calls(...STORES).map(site => factOf(node, site, textAt(node, site)));
  return [...written, ...stores].filter(({ path }) => !PASSING.test(path));
}
