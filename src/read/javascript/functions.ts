import type { FunctionDefinition } from '../syntax.ts';
import { LazyFunction } from './lazy.ts';
import { parametersOf } from './patterns.ts';
import type { Source, Standing } from './source.ts';
import { annotationOf } from './types.ts';

export const functionOf = (source: Source, node: number, standing: Standing): FunctionDefinition =>
  new LazyFunction(source, node, standing, { parameters: parametersOf, annotation: annotationOf });
