import type { Location, SourceFile } from '../../model/index.ts';
import { documentReader, linesOf, type Document } from './document.ts';

/** One line of a pip requirements file. */
export type RequirementLine =
  | ({ readonly kind: 'package'; readonly at: Location } & Requirement)
  | { readonly kind: 'include'; readonly path: string; readonly constraint: boolean; readonly at: Location }
  /** `-e .`, a folder, an archive or an address. `name` is that of `name @ url` or `#egg=name`; empty without. */
  | {
      readonly kind: 'source';
      readonly name: string;
      readonly from: string;
      readonly editable: boolean;
      readonly at: Location;
    }
  | { readonly kind: 'option'; readonly text: string; readonly at: Location };

export interface Requirement {
  /** As PyPI compares names: lower case, single dashes. */
  readonly name: string;
  readonly extras: readonly string[];
  /** `==2.0`, `>=1,<2`; empty without one. */
  readonly specifier: string;
  /** The environment marker after `;`. */
  readonly marker: string;
  readonly hashed: boolean;
}

export const readRequirements = documentReader((file: SourceFile): Document<readonly RequirementLine[]> => ({
  state: 'read',
  content: requirementLines(file.text, file.path),
}));

export const normalisedName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

export function requirementLines(text: string, path: string): readonly RequirementLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const found: RequirementLine[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const start = index;
    const parts = [lines[index] ?? ''];
    while (parts.at(-1)?.trimEnd().endsWith('\\') && index + 1 < lines.length)
      parts.push(lines[(index += 1)] ?? '');
    const line = parts
      .map((part, at) => (at < parts.length - 1 ? part.trimEnd().slice(0, -1) : part))
      .join(' ');
    // Runs of blanks would be tried in every way that the patterns below can share them out.
    const plain = line
      .replace(/\s+/g, ' ')
      .replace(/(^| )#.*$/, '')
      .trim();
    if (plain !== '') found.push(requirementLine(plain, linesOf(path, start + 1, index + 1)));
  }
  return found;
}

function requirementLine(line: string, at: Location): RequirementLine {
  const [, flag = '', value = ''] = /^(-[a-z]\b|--[a-z-]+)[\s=]*(.*)$/i.exec(line) ?? [];
  if (/^(-r|--requirement)$/.test(flag)) return { kind: 'include', path: value, constraint: false, at };
  if (/^(-c|--constraint)$/.test(flag)) return { kind: 'include', path: value, constraint: true, at };
  if (/^(-e|--editable)$/.test(flag)) return sourceLine(value, true, at);
  if (flag !== '') return { kind: 'option', text: line, at };
  const requirement = parseRequirement(line);
  return requirement ? { kind: 'package', at, ...requirement } : sourceLine(line, false, at);
}

function sourceLine(text: string, editable: boolean, at: Location): RequirementLine {
  const [, direct = '', url = ''] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*@\s*(\S+)/.exec(text) ?? [];
  const egg = /#egg=([\w.-]+)/.exec(text)?.[1] ?? '';
  const name = direct || egg;
  return { kind: 'source', name: name && normalisedName(name), from: url || text, editable, at };
}

const REQUIREMENT =
  /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(\(?\s*(?:(?:===|==|~=|!=|<=|>=|<|>)\s*[^\s,;)]+\s*,?\s*)*\)?)\s*(?:;(.*?))?(\s+--[^]*)?$/;

/** A requirement as PEP 508 writes it; `undefined` for addresses, paths and text of another kind. */
export function parseRequirement(text: string): Requirement | undefined {
  if (text.length > 4_000) {
    const [head = ''] = text.split(/\s--hash/);
    const requirement = head.length < 4_000 ? parseRequirement(head) : undefined;
    return requirement && { ...requirement, hashed: true };
  }
  const match = REQUIREMENT.exec(text.replace(/\s+/g, ' ').trim());
  if (!match) return undefined;
  const [, name = '', extras = '', specifier = '', marker = '', options = ''] = match;
  return {
    name: normalisedName(name),
    extras: extras
      .split(',')
      .map(extra => extra.trim())
      .filter(Boolean),
    specifier: specifier.replace(/[\s()]/g, '').replace(/,$/, ''),
    marker: marker.trim(),
    hashed: options.includes('--hash'),
  };
}

/** Whether a specifier allows one version only. */
export const isPinned = (specifier: string): boolean =>
  /^={2,3}[^*,]+$/.test(specifier) && !specifier.includes('*');
