import type { Knowledge } from '../code/evaluate.ts';
import { decoupleCalls } from './decouple/settings.ts';
import { dynaconfCalls, dynaconfElements } from './dynaconf/settings.ts';
import { environsCalls } from './environs/settings.ts';
import { routeParameter, starletteInput } from './fastapi/inputs.ts';
import { flaskInput } from './flask/inputs.ts';
import { pythonMethods } from './methods.ts';
import { settingsField } from './pydantic/settings.ts';
import { environmentCalls, environmentElements } from './standard/environment.ts';
import { standardCalls } from './standard/values.ts';

/** What the evaluator knows of libraries, put together: each library has its own file. */
export const knowledge: Knowledge = {
  calls: { ...standardCalls, ...environmentCalls, ...decoupleCalls, ...environsCalls, ...dynaconfCalls },
  called: () => undefined,
  elements: { ...environmentElements, ...dynaconfElements },
  value: () => undefined,
  methods: pythonMethods,
  field: settingsField,
  handed: () => undefined,
  input: name => flaskInput(name) ?? starletteInput(name),
  parameter: routeParameter,
};
