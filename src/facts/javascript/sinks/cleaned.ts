import type { CleanedMember } from '../../../model/index.ts';
import type { Expression, Span } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const LIBRARIES =
  /^(dompurify\b.*\.sanitize|isomorphic-dompurify\.sanitize|sanitize-html|xss(\.filterXSS|\(\)\.process)?|insane|he\.(encode|escape)|escape-html|lodash\.escape|validator\.escape)$/;
const WORDS = ['sanitize', 'xss', 'insane', 'escape', 'encode', 'purify'];

interface Write {
  readonly name: string;
  readonly value: Expression;
  readonly scope: Scope;
  readonly at: Span;
}

/** `note.html = …` and `{ html: … }` */
function writesIn({ statement, scope }: StatementSite): readonly Write[] {
  const assigned =
    statement.kind === 'assign' && statement.value
      ? statement.targets.flatMap(target =>
          target.kind === 'attribute' && statement.value
            ? [{ name: target.name, value: statement.value, scope, at: statement }]
            : [],
        )
      : [];
  const entries = headOf(statement)
    .flatMap(head => expressionsIn(head))
    .flatMap(each =>
      each.kind === 'dictionary'
        ? each.entries.flatMap(({ key, value }) =>
            key?.kind === 'string' ? [{ name: key.value, value, scope, at: value }] : [],
          )
        : [],
    );
  return [...assigned, ...entries];
}

function cleanerOf(node: CodeView, { value, scope }: Write): string {
  const call = value.kind === 'await' ? value.value : value;
  const name = call.kind === 'call' ? node.nameOf(call.callee, scope) : '';
  return LIBRARIES.test(name) ? name : '';
}

/** `{ select: { html: true } }` and the shape of a schema say which fields there are, they set none. */
const setsText = ({ value }: Write): boolean =>
  value.kind !== 'constant' &&
  value.kind !== 'dictionary' &&
  value.kind !== 'string' &&
  !/^(String|Number|Boolean|Date)$/.test(value.kind === 'name' ? value.name : '');

/** Members that hold markup, when every line that sets them cleans it. */
export default defineExtractor({
  id: 'javascript/sinks/cleaned',
  reads: [],
  produces: ['cleanedMember'],
  understands: hasNode,
  *extract({ node }): Generator<CleanedMember> {
    const cleaned = node
      .statements(...WORDS)
      .flatMap(writesIn)
      .filter(write => cleanerOf(node, write) !== '');
    for (const name of new Set(cleaned.map(each => each.name))) {
      const writes = node
        .statements(name)
        .flatMap(writesIn)
        .filter(write => write.name === name && setsText(write));
      const [first] = writes;
      if (first && writes.every(write => cleanerOf(node, write) !== ''))
        yield {
          kind: 'cleanedMember',
          at: node.at(first.scope, first.at),
          name,
          by: cleanerOf(node, first),
        };
    }
  },
});
