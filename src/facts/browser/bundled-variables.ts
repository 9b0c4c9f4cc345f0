import type { BundledVariable, Repository, SourceFile } from '../../model/index.ts';
import { isBundled, lineOf } from '../../model/index.ts';
import { holds } from '../../read/text-filter.ts';
import { defineDocumentExtractor } from '../define.ts';

const CODE = /\.([cm]?[jt]sx?|vue|svelte|astro)$/;
const READS =
  /\b(?:process\.env|import\.meta\.env)(?:\.|\[\s*['"])((?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|GATSBY|VUE_APP|PUBLIC|EXPO_PUBLIC|NG_APP)_\w+)/g;

const isRead = (file: SourceFile): boolean =>
  file.role === 'production' &&
  CODE.test(file.path) &&
  ['process.env', 'meta.env'].some(word => holds(file, word));

/** Variables whose values a build writes into what browsers get. */
export default defineDocumentExtractor({
  id: 'browser/bundled-variables',
  produces: ['bundledVariable'],
  *extract(repository: Repository): Generator<BundledVariable> {
    for (const { path, text } of repository.files.filter(isRead))
      for (const { 1: name = '', index } of text.matchAll(READS))
        if (isBundled(name))
          yield { kind: 'bundledVariable', at: lineOf(path, text.slice(0, index).split('\n').length), name };
  },
});
