import type { FindingGroup } from 'seaworthy';

/** The address of a finding on the page, and the id of its element. */
export const findingId = (id: string): string => `finding-${id}`;
export const groupElement = (id: string): string => `control-${id}`;

/** What the address of the page points at. */
export interface Target {
  readonly group: string;
  /** The element that is scrolled to and focused. */
  readonly element: string;
}

/** The group, or the finding in it, that `#…` names; the findings of other services under one entry count too. */
export function targetOf(hash: string, groups: readonly FindingGroup[]): Target | undefined {
  const name = decode(hash.replace(/^#/, ''));
  for (const { id, findings } of groups) {
    if (name === groupElement(id)) return { group: id, element: name };
    const finding = findings.find(({ ids }) => ids.some(each => findingId(each) === name));
    if (finding) return { group: id, element: findingId(finding.ids[0] ?? '') };
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no address of ours
  }
}
