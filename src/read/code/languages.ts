import type { Statement } from '../syntax.ts';
import { grammar as javascript } from '../javascript/grammar.ts';
import { scan as scanJavascript } from '../javascript/scan.ts';
import { statementsOf as javascriptStatements } from '../javascript/statements.ts';
import { grammar as python } from '../python/grammar.ts';
import { scan as scanPython } from '../python/scan.ts';
import { statementsOf as pythonStatements } from '../python/statements.ts';
import type { FlatTree } from './flat.ts';
import type { Scanned } from './scanned.ts';

/** How files of one language are read. */
export interface Language {
  /** Parses a file and notes, in one walk, which names it mentions where, what it imports and defines. */
  scan(text: string, path: string): Scanned;
  statements(text: string, cells: FlatTree): readonly Statement[];
}

const PYTHON: Language = {
  scan: scanPython,
  statements: (text, cells) => pythonStatements({ text, cells, grammar: python }, 0),
};

const JAVASCRIPT: Language = {
  scan: scanJavascript,
  statements: (text, cells) => javascriptStatements({ text, cells, grammar: javascript }, 0),
};

export const languageOf = (path: string): Language => (path.endsWith('.py') ? PYTHON : JAVASCRIPT);
