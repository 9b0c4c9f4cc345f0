import type { KnownVulnerability } from '../../model/index.ts';
import { keyOf } from './names.ts';

/** Several databases tell of the same matter (GHSA, PYSEC, CVE): it becomes one, told by the one that says most. */
export function withoutTwins(found: readonly KnownVulnerability[]): readonly KnownVulnerability[] {
  const groups = new Map<string, Set<KnownVulnerability>>();
  for (const each of [...found].sort(byId)) {
    const keys = [each.id, ...each.aliases].map(id => `${packageKey(each)} ${id}`);
    // A record that names two others makes one group of theirs.
    const group = new Set([...keys.flatMap(key => [...(groups.get(key) ?? [])]), each]);
    for (const member of group)
      for (const id of [member.id, ...member.aliases]) groups.set(`${packageKey(member)} ${id}`, group);
  }
  return [...new Set(groups.values())].map(merged).sort(byId);
}

const packageKey = ({ package: { ecosystem, name, version } }: KnownVulnerability): string =>
  `${keyOf(ecosystem, name)} ${version}`;

const byId = (left: KnownVulnerability, right: KnownVulnerability): number =>
  left.id < right.id ? -1 : left.id > right.id ? 1 : 0;

/** Where one says nothing, another may. */
function merged(group: ReadonlySet<KnownVulnerability>): KnownVulnerability {
  const [first, ...others] = [...group].sort(
    (left, right) => wordsIn(right) - wordsIn(left) || byId(left, right),
  );
  if (!first) throw new Error('a group has members');
  const names = new Set([first, ...others].flatMap(({ id, aliases }) => [id, ...aliases]));
  names.delete(first.id);
  return {
    ...first,
    aliases: [...names].sort(),
    summary: first.summary || (others.find(({ summary }) => summary !== '')?.summary ?? ''),
    fixedIn:
      first.fixedIn.length > 0
        ? first.fixedIn
        : (others.find(({ fixedIn }) => fixedIn.length > 0)?.fixedIn ?? []),
  };
}

const wordsIn = ({ severity, summary, fixedIn }: KnownVulnerability): number =>
  (severity === 'unknown' ? 0 : 4) + (fixedIn.length > 0 ? 2 : 0) + (summary === '' ? 0 : 1);
