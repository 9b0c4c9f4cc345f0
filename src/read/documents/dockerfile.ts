import {
  DockerfileParser,
  type Instruction,
  type ModifiableInstruction,
  type ParserDirective,
  type PropertyInstruction,
} from 'dockerfile-ast';
import { fileOf, type Location, type SourceFile } from '../../model/index.ts';
import { documentReader, linesOf, problem, type Document } from './document.ts';

export interface DockerInstruction {
  /** In capitals: `RUN`. */
  readonly keyword: string;
  /** On one line: flags, continuations and comments are gone. */
  readonly text: string;
  /** For a shell: as written, with comment lines turned into continuations, so that lines still count. */
  readonly script: string;
  readonly scriptLine: number;
  readonly flags: readonly (readonly [string, string])[];
  /** The words of the exec form (a valid JSON list of strings); `undefined` for the shell form. */
  readonly json: readonly string[] | undefined;
  /** `NAME=value` pairs of ENV, LABEL and ARG; quotes removed, variables as written. */
  readonly properties: readonly DockerProperty[];
  readonly heredocs: readonly string[];
  readonly at: Location;
}

export interface DockerProperty {
  readonly name: string;
  /** `undefined` for `ARG NAME` alone. */
  readonly value: string | undefined;
  readonly at: Location;
}

export interface DockerStage {
  readonly index: number;
  /** In lower case, as Docker compares them; empty without `AS`. */
  readonly name: string;
  readonly from: DockerInstruction;
  /** `python:${PY}-slim` or the name of an earlier stage. */
  readonly base: string;
  readonly platform: string;
  readonly instructions: readonly DockerInstruction[];
  readonly at: Location;
}

export interface DockerfileContent {
  /** The ARGs before the first FROM: they count in FROM lines alone. */
  readonly globals: readonly DockerInstruction[];
  readonly stages: readonly DockerStage[];
  readonly syntax: string;
}

/** The parser takes square time on a very long line; real Dockerfiles have a few kilobytes. */
const MAX_CHARACTERS = 100_000;
/** Each stage may copy from all before it. */
const MAX_STAGES = 60;

export const readDockerfile = documentReader(parseDockerfile, MAX_CHARACTERS);

function parseDockerfile(file: SourceFile): Document<DockerfileContent> {
  const parsed = DockerfileParser.parse(file.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  const escape = directive(parsed.getDirectives(), 'escape') || '\\';
  const instructions = parsed.getInstructions().map(each => instructionOf(each, file.path, escape));
  const firstFrom = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  if (firstFrom === -1) return problem('it has no FROM', fileOf(file.path));
  if (instructions.filter(({ keyword }) => keyword === 'FROM').length > MAX_STAGES)
    return problem(`it has more than ${MAX_STAGES} stages`, fileOf(file.path));
  return {
    state: 'read',
    content: {
      globals: instructions.slice(0, firstFrom).filter(({ keyword }) => keyword === 'ARG'),
      stages: stagesOf(instructions.slice(firstFrom), file.path),
      syntax: directive(parsed.getDirectives(), 'syntax'),
    },
  };
}

const directive = (directives: readonly ParserDirective[], name: string): string =>
  directives.find(each => each.getName().toLowerCase() === name)?.getValue() ?? '';

function stagesOf(instructions: readonly DockerInstruction[], path: string): readonly DockerStage[] {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  return starts.flatMap((start, index): readonly DockerStage[] => {
    const [from, ...rest] = instructions.slice(start, starts[index + 1]);
    if (!from) return [];
    const [base = '', as = '', name = ''] = from.text.split(/\s+/);
    return [
      {
        index,
        name: as.toLowerCase() === 'as' ? name.toLowerCase() : '',
        from,
        base,
        platform: flagOf(from, 'platform'),
        instructions: rest,
        at: linesOf(path, from.at.startLine, rest.at(-1)?.at.endLine ?? from.at.endLine),
      },
    ];
  });
}

/** The value of a flag; empty without it. */
export const flagOf = (instruction: DockerInstruction, name: string): string =>
  instruction.flags.find(([flag]) => flag === name)?.[1] ?? '';

function instructionOf(instruction: Instruction, path: string, escape: string): DockerInstruction {
  const range = instruction.getRange();
  const keyword = instruction.getKeyword();
  const raw = instruction.getRawArgumentsContent() ?? '';
  const script = continued(raw, escape);
  const text = script.replace(/\\\n/g, '').trim();
  return {
    keyword,
    text,
    script,
    scriptLine: (instruction.getArgumentsRange()?.start.line ?? range.start.line) + 1,
    flags: flagsOf(instruction),
    json: jsonWords(text),
    properties: propertiesOf(instruction, path),
    heredocs: heredocsOf(raw),
    at: linesOf(path, range.start.line + 1, range.end.line + 1),
  };
}

/**
 * Inside a continued instruction Docker drops comment lines and empty lines. Here they become continuations: the
 * command stays one command and its lines keep their numbers. A here-document is left alone.
 */
function continued(raw: string, escape: string): string {
  const lines = raw.split('\n');
  let open = false;
  return lines
    .map((line, index) => {
      const dropped = open && index < lines.length - 1 && /^\s*(#|$)/.test(line);
      if (dropped) return '\\';
      const trimmed = line.trimEnd();
      open = trimmed.endsWith(escape);
      return open ? `${trimmed.slice(0, -1)}\\` : line;
    })
    .join('\n');
}

function flagsOf(instruction: Instruction): readonly (readonly [string, string])[] {
  return hasFlags(instruction)
    ? instruction.getFlags().map(flag => [flag.getName(), flag.getValue() ?? ''] as const)
    : [];
}

function propertiesOf(instruction: Instruction, path: string): readonly DockerProperty[] {
  const properties = hasProperties(instruction) ? instruction.getProperties() : [];
  return properties
    .filter(property => property.getName() !== '')
    .map(property => {
      const { start, end } = property.getRange();
      return {
        name: property.getName(),
        value: property.getValue() ?? undefined,
        at: linesOf(path, start.line + 1, end.line + 1),
      };
    });
}

const hasFlags = (instruction: Instruction): instruction is ModifiableInstruction =>
  'getFlags' in instruction;
const hasProperties = (instruction: Instruction): instruction is PropertyInstruction =>
  'getProperties' in instruction;

/** Docker takes anything that is not a JSON list of strings, `['python']` too, for the shell form. */
function jsonWords(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every(word => typeof word === 'string') ? parsed : undefined;
  } catch {
    return undefined; // not JSON: the shell form
  }
}

const HEREDOC = /<<-?\s*(["']?)([A-Za-z_][A-Za-z0-9_.]*)\1/g;

function heredocsOf(raw: string): readonly string[] {
  const [head = '', ...body] = raw.split('\n');
  const names = [...head.matchAll(HEREDOC)].map(match => match[2] ?? '');
  let next = 0;
  return names.map(name => {
    const end = body.findIndex((line, index) => index >= next && line.trim() === name);
    const text = body.slice(next, end === -1 ? undefined : end).join('\n');
    next = end === -1 ? body.length : end + 1;
    return text;
  });
}
