import type { CleanedMember } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { StatementSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const LIBRARIES =
  /^(bleach|nh3|lxml_html_clean|lxml\.html\.clean|html_sanitizer|markupsafe\.escape|html\.escape)\b/;

/** What cleans the value that a statement assigns, outermost; empty when nothing known does. */
function cleanerIn(python: PythonView, { statement, scope }: StatementSite): string {
  const value = statement.kind === 'assign' ? statement.value : undefined;
  const name = value?.kind === 'call' ? python.nameOf(value.callee, scope) : '';
  return LIBRARIES.test(name) ? name : '';
}

const membersSet = ({ statement }: StatementSite): readonly string[] =>
  statement.kind === 'assign' && statement.value
    ? statement.targets.flatMap(target => (target.kind === 'attribute' ? [target.name] : []))
    : [];

/** Attributes that hold markup, when every line that sets them cleans it. */
export default defineExtractor({
  id: 'python/sinks/cleaned',
  reads: [],
  produces: ['cleanedMember'],
  understands: hasPython,
  *extract({ python }): Generator<CleanedMember> {
    const names = new Set(
      python
        .statements('clean(', 'linkify(', 'escape(', 'clean_html(')
        .filter(site => cleanerIn(python, site) !== '')
        .flatMap(membersSet),
    );
    for (const name of names) {
      const sites = python.statements(`.${name}`).filter(site => membersSet(site).includes(name));
      const [first] = sites;
      // `Note(html=…)` sets it too.
      const isOnlyCleaned =
        sites.every(site => cleanerIn(python, site) !== '') && python.callsNaming(name).length === 0;
      if (first && isOnlyCleaned)
        yield {
          kind: 'cleanedMember',
          at: python.at(first.scope, first.statement),
          name,
          by: cleanerIn(python, first),
        };
    }
  },
});
