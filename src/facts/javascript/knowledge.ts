import type { Knowledge } from '../code/evaluate.ts';
import { expressInput } from './express/inputs.ts';
import { fastifyInput } from './fastify/inputs.ts';
import { environmentCalls, environmentElements, environmentValue } from './standard/environment.ts';
import { methods } from './standard/methods.ts';
import { standardCalls } from './standard/values.ts';

/** What the evaluator knows of libraries, put together: each library has its own file. */
export const knowledge: Knowledge = {
  calls: { ...standardCalls, ...environmentCalls },
  elements: environmentElements,
  value: environmentValue,
  methods,
  field: () => undefined,
  input: name => expressInput(name) ?? fastifyInput(name),
  parameter: () => undefined,
};
