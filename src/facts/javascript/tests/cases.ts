import { lineFinder } from '../../../read/documents/document.ts';

/** What can be told of the tests in one file by how tests are written. */
export interface TestCases {
  readonly tests: number;
  readonly asserting: number;
  /** The line of the first test that asserts something; of the first test where none does. */
  readonly line: number;
  readonly drivesRoutes: boolean;
  /** It talks to a service that is started elsewhere. */
  readonly overHttp: boolean;
}

/** `it('…', …)`, `test.each(…)(…)`, `test.concurrent(…)`; those that are skipped are none. */
const TEST =
  /(?<![\w.$])(?:it|test|specify)(?:\.(?:only|concurrent|sequential|serial|each|for|failing|extend))*\s*(?:\(|`)/g;
const SKIPPED = /^(?:it|test|specify)\.(?:skip|todo|fixme)|^x(?:it|test|specify)\b/;

const ASSERTS =
  /\bexpect(?:\.soft|\.poll)?\s*\(|\bassert(?:\.\w+)?\s*\(|\.should\b|\.expect\s*\(|\bt\.(?:is|not|deepEqual|equal|same|ok|truthy|falsy|true|false|like|throws|rejects|notThrows|snapshot|match|equals|strictEqual|assert\.\w+)\s*\(|\bshould\.\w+|\bverify\w*\s*\(|\bassert[A-Z]\w*\s*\(/g;
/** `expect(true).toBe(true)`, `assert.ok(true)`: holds whatever the service does. */
const CONSTANT =
  /^(?:expect\s*\(\s*(?:true|false|1|0|\d+|'[^']*'|"[^"]*")\s*\)\s*\.\s*to|assert(?:\.ok|\.strictEqual|\.equal)?\s*\(\s*(?:true|1|\d+\s*,\s*\d+)\s*[,)]|t\.(?:true|ok|pass)\s*\(\s*true\s*\))/;

/** A request to a route: by a test client, by the app itself, or over HTTP. */
const DRIVES =
  /\brequest\s*\(\s*[\w.()]+\s*\)\s*(?:\.\w+\([^)]*\)\s*)*\.\s*(?:get|post|put|patch|delete|head)\s*\(|\.\s*inject\s*\(|\bchai\s*\.\s*request\s*\(|\b(?:supertest|superwstest)\s*\(|\b(?:agent|api|client|server|http|request|app)\s*\.\s*(?:get|post|put|patch|delete|request)\s*\(\s*[`'"]\/|\bfetch\s*\(\s*(?:new URL|[`'"](?:\/|https?:|\$\{))|\bpage\s*\.\s*goto\s*\(|\bcy\s*\.\s*(?:request|visit)\s*\(|\bpactum\b/;
const OVER_HTTP =
  /localhost|127\.0\.0\.1|base_?url|api_?url|\bpage\s*\.\s*goto\s*\(|\bcy\s*\.\s*(?:visit|request)\s*\(/i;

/** Comments are blanked, so that places stay as they are. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[^]*?\*\/|^\s*\/\/[^\n]*/gm, comment => comment.replace(/[^\n]/g, ' '));

export function casesIn(text: string): TestCases {
  const code = withoutComments(text);
  const starts = [...code.matchAll(TEST)]
    .map(({ index }) => index)
    .filter(index => !SKIPPED.test(code.slice(index)));
  const asserts = (from: number, to: number): boolean =>
    [...code.slice(from, to).matchAll(ASSERTS)].some(
      ({ index }) => !CONSTANT.test(code.slice(from + index, from + index + 120)),
    );
  const asserting = starts.filter((start, index) => asserts(start, starts[index + 1] ?? code.length));
  return {
    tests: starts.length,
    asserting: asserting.length,
    line: lineFinder(code)(asserting[0] ?? starts[0] ?? 0),
    drivesRoutes: DRIVES.test(code),
    overHttp: OVER_HTTP.test(code),
  };
}
