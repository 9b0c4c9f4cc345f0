import type { ApiDescription } from '../../model/index.ts';
import { defineDocumentExtractor } from '../define.ts';

const NAMED =
  /(^|\/)[\w.-]*(openapi|swagger)[\w.-]*\.(ya?ml|json)$|(^|\/)(openapi|swagger|api-?docs?)\/[\w./-]+\.(ya?ml|json)$/i;
const HEAD = /^\s*["']?(openapi|swagger)["']?\s*:\s*["']?([23]\.\d+(?:\.\d+)?)/m;

/** Files that describe the interface: OpenAPI and Swagger, known by what they say of themselves. */
export default defineDocumentExtractor({
  id: 'documents/api-descriptions',
  produces: ['apiDescription'],
  *extract({ files }): Generator<ApiDescription> {
    for (const { path, text, role } of files) {
      if (role === 'vendored' || role === 'test' || !NAMED.test(path)) continue;
      const found = HEAD.exec(text);
      if (!found) continue;
      const line = text.slice(0, found.index + found[0].length).split('\n').length;
      yield {
        kind: 'apiDescription',
        at: { path, startLine: line, endLine: line },
        how: 'kept',
        says: `${found[1] ?? ''} ${found[2] ?? ''}`,
        reached: 'yes',
      };
    }
  },
});
