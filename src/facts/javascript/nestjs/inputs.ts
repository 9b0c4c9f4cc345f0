import type { Expression, FunctionDefinition, Parameter } from '../../../read/syntax.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { Scope } from '../../code/scopes.ts';

const SOURCES: Readonly<Record<string, string>> = {
  Body: 'body that the caller sends',
  RawBody: 'body that the caller sends',
  Query: 'query parameters',
  Param: 'path parameters',
  Headers: 'request headers',
  Cookies: 'cookies',
  UploadedFile: 'uploaded file',
  UploadedFiles: 'uploaded files',
  HostParam: 'host that the caller names',
  MessageBody: 'message of the caller',
  Payload: 'message of the caller',
  Args: 'arguments of a query',
};

/** Pipes that let nothing through but what they make: a number, an id, one of a few words. */
const CONFINES = /^Parse(Int|Float|Bool|UUID|Enum|Date|ObjectId)Pipe$/;

const wordOf = (decorator: Expression): string =>
  lastNameOf(decorator.kind === 'call' ? decorator.callee : decorator);

/** What a parameter is filled with by its decorator: `@Body() order: CreateOrder`. */
function sourceOf({ decorators }: Parameter): string | undefined {
  for (const decorator of decorators) {
    const word = wordOf(decorator);
    if (Object.hasOwn(SOURCES, word)) return SOURCES[word];
  }
  return undefined;
}

/** GraphQL holds arguments against their types before a method gets them. */
const isNumber = ({ decorators, annotation }: Parameter): boolean =>
  annotation?.kind === 'name' &&
  /^(number|boolean)$/.test(annotation.name) &&
  decorators.some(decorator => wordOf(decorator) === 'Args');

/** `@Param("id", ParseUUIDPipe)`, `@Query("page", new ParseIntPipe({ optional: true }))` */
const isConfined = (parameter: Parameter): boolean =>
  isNumber(parameter) ||
  parameter.decorators.some(
    decorator =>
      decorator.kind === 'call' && decorator.args.some(({ value }) => CONFINES.test(wordOf(value))),
  );

/** Data of the caller that the framework hands to a method. */
export function nestInput({ definition }: Scope, name: string): string | undefined {
  if (definition?.kind !== 'function') return undefined;
  const parameter = definition.params.find(each => each.name === name);
  return parameter && !isConfined(parameter) ? sourceOf(parameter) : undefined;
}

/** As what a parameter counts that a decorator fills. */
export const nestHandled = (parameter: Parameter): 'input' | 'checked' | undefined =>
  sourceOf(parameter) === undefined ? undefined : isConfined(parameter) ? 'checked' : 'input';

const REQUESTS: Readonly<Record<string, string>> = {
  Req: 'express.Request()',
  Request: 'express.Request()',
  Res: 'express.Response()',
  Response: 'express.Response()',
  Next: 'express.NextFunction()',
};

/** `@Req() request` is that of the platform, which is Express unless its type says more. */
export function likelyNest({ params }: FunctionDefinition): readonly string[] {
  const found = params.map(({ decorators }) => {
    const word = decorators.map(wordOf).find(each => Object.hasOwn(REQUESTS, each));
    return (word === undefined ? undefined : REQUESTS[word]) ?? '';
  });
  return found.some(name => name !== '') ? found : [];
}
