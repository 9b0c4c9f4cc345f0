import type { Knowledge } from '../code/evaluate.ts';
import { expressInput } from './express/inputs.ts';
import { fastifyInput } from './fastify/inputs.ts';
import { honoInput } from './hono/inputs.ts';
import { koaInput } from './koa/inputs.ts';
import { nextInput, nextParameter } from './next/inputs.ts';
import { nestInput } from './nestjs/inputs.ts';
import { envalidCalls } from './settings/envalid.ts';
import { envVarCall } from './settings/env-var.ts';
import { joiCall } from './settings/joi.ts';
import { nestConfigCalls, nestConfigHanded } from './settings/nest-config.ts';
import { t3EnvCalls } from './settings/t3-env.ts';
import { zodCall } from './settings/zod.ts';
import { environmentCalls, environmentElements, environmentValue } from './standard/environment.ts';
import { methods } from './standard/methods.ts';
import { standardCalls } from './standard/values.ts';
import { trpcInput } from './trpc/parameters.ts';

/** What the evaluator knows of libraries, put together: each library has its own file. */
export const knowledge: Knowledge = {
  calls: { ...standardCalls, ...environmentCalls, ...envalidCalls, ...nestConfigCalls, ...t3EnvCalls },
  called: (name, args) => zodCall(name, args) ?? joiCall(name, args) ?? envVarCall(name, args),
  elements: environmentElements,
  value: environmentValue,
  methods,
  field: () => undefined,
  handed: nestConfigHanded,
  input: name =>
    expressInput(name) ??
    fastifyInput(name) ??
    koaInput(name) ??
    honoInput(name) ??
    nextInput(name) ??
    trpcInput(name),
  parameter: (scope, name) => nestInput(scope, name) ?? nextParameter(scope, name),
};
