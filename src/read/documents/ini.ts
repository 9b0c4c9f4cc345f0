import type { Location, SourceFile } from '../../model/index.ts';
import { documentReader, linesOf, type Document } from './document.ts';

export interface IniSection {
  readonly name: string;
  readonly at: Location;
  /** In order; a key may stand several times (systemd's `Environment`). */
  readonly entries: readonly IniEntry[];
}

export interface IniEntry {
  readonly key: string;
  /** Continuation lines are joined by a line end, or by a blank where a backslash continues the line. */
  readonly value: string;
  readonly at: Location;
}

/** INI as Python's configparser and supervisor write it: indented lines continue the value before. */
export const readIni = documentReader((file: SourceFile): Document<readonly IniSection[]> => ({
  state: 'read',
  content: sectionsOf(file.text, file.path, 'configparser'),
}));

/** systemd units: a backslash continues a line, nothing else does. */
export const readUnit = documentReader((file: SourceFile): Document<readonly IniSection[]> => ({
  state: 'read',
  content: sectionsOf(file.text, file.path, 'systemd'),
}));

type Style = 'configparser' | 'systemd';

const HEADER = /^\[([^\]]*)\]\s*(?:[#;].*)?$/;
const PAIR: Readonly<Record<Style, RegExp>> = {
  configparser: /^([^=:\s[#;][^=:]*)[=:]\s*(.*)$/,
  systemd: /^([^=\s[#;][^=]*)=\s*(.*)$/,
};

interface Growing {
  readonly name: string;
  readonly line: number;
  readonly entries: {
    readonly key: string;
    readonly values: string[];
    readonly startLine: number;
    endLine: number;
  }[];
}

/** The sections of a text. What stands before the first header is a section without a name. */
export function sectionsOf(text: string, path: string, style: Style): readonly IniSection[] {
  const reading: Reading = { style, sections: [{ name: '', line: 1, entries: [] }], continues: false };
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  lines.forEach((line, index) => {
    if (!/^\s*[#;]/.test(line)) takeLine(reading, line, index + 1);
  });
  return reading.sections
    .filter(({ name, entries }) => name !== '' || entries.length > 0)
    .map(({ name, line, entries }) => ({
      name,
      at: linesOf(path, line, entries.at(-1)?.endLine ?? line),
      entries: entries.map(({ key, values, startLine, endLine }) => ({
        key,
        value: values.join(style === 'systemd' ? ' ' : '\n').trim(),
        at: linesOf(path, startLine, endLine),
      })),
    }));
}

interface Reading {
  readonly style: Style;
  readonly sections: Growing[];
  /** The line before ended with a backslash, where that means something. */
  continues: boolean;
}

function takeLine(reading: Reading, line: string, number: number): void {
  const { style, sections, continues } = reading;
  const section = sections.at(-1);
  const last = section?.entries.at(-1);
  const plain = withoutComment(line.replace(/\\$/, '').trim(), style);
  const indented = style === 'configparser' && /^\s/.test(line) && plain !== '';
  if (last && (continues || indented)) {
    last.values.push(plain);
    last.endLine = number;
    reading.continues = continues && line.endsWith('\\');
    return;
  }
  const header = HEADER.exec(line.trim());
  if (header) sections.push({ name: (header[1] ?? '').trim(), line: number, entries: [] });
  const [, key, value = ''] = header ? [] : (PAIR[style].exec(plain) ?? []);
  if (key === undefined) return;
  reading.continues = style === 'systemd' && line.endsWith('\\');
  section?.entries.push({ key: key.trimEnd(), values: [value], startLine: number, endLine: number });
}

/** Supervisor and most others take ` ;` for the begin of a comment; systemd takes it for text. */
const withoutComment = (value: string, style: Style): string =>
  style === 'systemd' ? value : value.replace(/\s;.*$/, '').trimEnd();

/** The last value of a key in a section; `undefined` without it. Keys are compared without regard to case. */
export const entryIn = (section: IniSection | undefined, key: string): IniEntry | undefined =>
  section?.entries.findLast(entry => entry.key.toLowerCase() === key.toLowerCase());

/** The text of a key, or what holds when it is not there. */
export const valueIn = (section: IniSection | undefined, key: string, otherwise = ''): string =>
  entryIn(section, key)?.value ?? otherwise;
