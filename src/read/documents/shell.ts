import type { Location, SourceFile, Term } from '../../model/index.ts';
import { documentReader, linesOf, type Document } from './document.ts';
import { tokensOf, type Token, type Word } from './shell-tokens.ts';

export type { Word } from './shell-tokens.ts';

export type Block = 'if' | 'loop' | 'case' | 'function' | 'group';

/** One simple command of a script or command line. */
export interface ShellCommand {
  /** Without the assignments in front and without redirections; `exec` stays. */
  readonly words: readonly Word[];
  /** `A=b command`, or an assignment that stands alone. */
  readonly assignments: readonly Assignment[];
  /** What stands between the command before and this one. */
  readonly after: 'start' | 'end' | 'and' | 'or' | 'pipe';
  /** The blocks around it, outermost first: what is in one may not run. */
  readonly within: readonly Block[];
  readonly background: boolean;
  /** The text that `<<EOF` feeds it. */
  readonly heredoc: string;
  /** What it prints goes into a file or to the next command. */
  readonly isDiverted: boolean;
  /** As written. */
  readonly text: string;
  readonly at: Location;
}

export interface Assignment {
  readonly name: string;
  readonly value: Term;
  readonly text: string;
  readonly at: Location;
}

export interface Script {
  readonly commands: readonly ShellCommand[];
  /** `set -e`, `set -o errexit` or `#!/bin/sh -e`. */
  readonly stopsOnError: boolean;
  /** The program of the `#!` line; empty without one. */
  readonly interpreter: string;
  /** False when a quote or block is not closed. */
  readonly complete: boolean;
}

/** A shell script, once. */
export const readShell = documentReader(
  (file: SourceFile): Document<Script> => ({ state: 'read', content: parseShell(file.text, file.path, 1) }),
  500_000,
);

/** Commands in shell text whose first character stands on `line` of `path`. */
export function parseShell(text: string, path: string, line: number): Script {
  const source = text.replace(/\r\n/g, '\n');
  const { tokens, complete } = tokensOf(source, path, line);
  const commands = commandsOf(tokens, source, path);
  const interpreter = /^#!\s*(?:\/usr\/bin\/env\s+(?:-S\s+)?)?(\S+)([^\n]*)/.exec(source);
  const stopsOnError =
    /\s-[a-z]*e/.test(interpreter?.[2] ?? '') ||
    commands.some(
      ({ words }) =>
        words[0]?.text === 'set' && words.slice(1).some(word => /^-[a-z]*e|^errexit$/.test(word.text)),
    );
  return { commands, stopsOnError, interpreter: interpreter?.[1]?.split('/').at(-1) ?? '', complete };
}

interface State {
  readonly source: string;
  readonly path: string;
  readonly commands: ShellCommand[];
  readonly blocks: Block[];
  words: Word[];
  after: ShellCommand['after'];
  /** The next word is the file of a redirection. */
  redirected: boolean;
  /** The command that is being read writes into a file. */
  writes: boolean;
  /** Between `case x in` or `;;` and `)`: patterns. */
  inPattern: boolean;
  /** Between `for`/`case` and what begins its body: not a command. */
  header: boolean;
  /** The next word is the name of a function. */
  naming: boolean;
}

const OPENS: Readonly<Record<string, Block>> = {
  if: 'if',
  while: 'loop',
  until: 'loop',
  for: 'loop',
  select: 'loop',
  case: 'case',
  '{': 'group',
};
const CLOSES = new Set(['fi', 'done', 'esac', '}']);
const CONTINUES = new Set(['then', 'else', 'elif', 'do', '!', 'time']);
const JOINS: Readonly<Record<string, ShellCommand['after']>> = {
  '&&': 'and',
  '||': 'or',
  '|': 'pipe',
  '|&': 'pipe',
};

function commandsOf(tokens: readonly Token[], source: string, path: string): readonly ShellCommand[] {
  const state: State = {
    source,
    path,
    commands: [],
    blocks: [],
    words: [],
    after: 'start',
    redirected: false,
    writes: false,
    inPattern: false,
    header: false,
    naming: false,
  };
  for (const token of tokens) {
    if (token.kind === 'word') takeWord(state, token.word);
    else if (token.kind === 'operator') takeOperator(state, token.text);
    else takeHeredoc(state, token.text);
  }
  finish(state, 'end', false);
  return state.commands;
}

function takeWord(state: State, word: Word): void {
  if (state.redirected) {
    state.redirected = false;
    return;
  }
  if (state.inPattern && word.text === 'esac') {
    state.inPattern = false;
    state.blocks.pop();
    return;
  }
  if (state.inPattern) return;
  if (state.naming) {
    state.naming = false;
    state.blocks.push('function');
    return;
  }
  if (state.header) {
    if (word.text !== 'in' || state.blocks.at(-1) !== 'case') return;
    state.header = false;
    state.inPattern = true;
    return;
  }
  if (state.words.length === 0 && !word.quoted && takeReserved(state, word.text)) return;
  state.words.push(word);
}

function takeReserved(state: State, text: string): boolean {
  const opens = Object.hasOwn(OPENS, text) ? OPENS[text] : undefined;
  if (opens) {
    state.blocks.push(opens);
    state.header = text === 'for' || text === 'case' || text === 'select';
    return true;
  }
  if (CLOSES.has(text)) {
    state.blocks.pop();
    if (text === '}' && state.blocks.at(-1) === 'function') state.blocks.pop();
    return true;
  }
  state.naming = text === 'function';
  return state.naming || CONTINUES.has(text);
}

function takeOperator(state: State, operator: string): void {
  if (/^[<>]|^&>/.test(operator)) {
    dropDescriptor(state);
    state.redirected = true;
    state.writes ||= operator.includes('>');
    return;
  }
  if (operator === '(' || operator === ')') {
    takeParenthesis(state, operator);
    return;
  }
  state.redirected = false;
  if (state.inPattern) return;
  if (state.header && state.blocks.at(-1) === 'loop') state.header = false;
  finish(state, JOINS[operator] ?? 'end', operator === '&');
  if (operator === ';;') state.inPattern = state.blocks.at(-1) === 'case';
}

/** `2>` comes as the word `2` and the operator `>`, when nothing stands between them. */
function dropDescriptor(state: State): void {
  const last = state.words.at(-1);
  if (last && /^\d$/.test(last.text) && /[<>]/.test(state.source[last.end] ?? '')) state.words.pop();
}

function takeParenthesis(state: State, operator: string): void {
  if (state.inPattern) {
    if (operator === ')') state.inPattern = false;
    return;
  }
  if (operator === '(') {
    // `name()` begins a function; a lone parenthesis a sub-shell.
    const isFunction = state.words.length > 0;
    if (!isFunction && state.blocks.at(-1) === 'function') return;
    state.words = [];
    state.blocks.push(isFunction ? 'function' : 'group');
    return;
  }
  finish(state, 'end', false);
  if (state.blocks.at(-1) === 'group') state.blocks.pop();
}

function takeHeredoc(state: State, text: string): void {
  const last = state.commands.at(-1);
  if (last) state.commands[state.commands.length - 1] = { ...last, heredoc: last.heredoc + text };
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/;

function finish(state: State, next: ShellCommand['after'], background: boolean): void {
  const [first] = state.words;
  const last = state.words.at(-1);
  if (first && last) {
    const assignments: Assignment[] = [];
    let index = 0;
    for (let word = state.words[0]; word && ASSIGNMENT.test(word.text); word = state.words[(index += 1)])
      assignments.push(assignmentOf(word));
    state.commands.push({
      words: state.words.slice(index),
      assignments,
      after: state.after,
      within: [...state.blocks],
      background,
      heredoc: '',
      isDiverted: state.writes || next === 'pipe',
      text: state.source.slice(first.start, last.end),
      at: linesOf(state.path, first.at.startLine, last.at.endLine),
    });
    state.after = next;
  } else if (next !== 'end') state.after = next;
  state.words = [];
  state.writes = false;
}

/** The name and value of a word `NAME=value`. */
export function assignmentOf(word: Word): Assignment {
  const head = ASSIGNMENT.exec(word.text)?.[0] ?? '';
  return {
    name: head.replace(/\+?=$/, ''),
    value: withoutHead(word.term, head.length),
    text: word.text.slice(head.length),
    at: word.at,
  };
}

/** The name is plain text, so it stands in the first literal. */
function withoutHead(term: Term, length: number): Term {
  if (term.kind === 'literal') return { ...term, value: String(term.value).slice(length) };
  if (term.kind !== 'text') return term;
  const [first, ...rest] = term.parts;
  if (first?.kind !== 'literal') return term;
  const value = String(first.value).slice(length);
  const parts = value ? [{ ...first, value }, ...rest] : rest;
  const [only] = parts;
  return parts.length === 1 && only ? only : { ...term, parts };
}
