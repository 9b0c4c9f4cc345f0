import { parser } from '@lezer/python';
import { flatten, grammarOf, type FlatTree } from '../code/flat.ts';
import { bridgeGaps } from './gaps.ts';

export const grammar = grammarOf(parser.nodeSet.types);

export const parsed = (text: string): FlatTree => flatten(parser.parse(bridgeGaps(text)), text.length);
