import type { Location } from '../../../model/index.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs, type Written } from '../../code/written.ts';
import { argumentOf, optionOf } from '../fastify/instances.ts';
import type { Parser } from './parser.ts';

export const placeOf = (node: CodeView, option: Written | undefined): Location | undefined =>
  option && node.at(option.scope, option.expression);

/** An option of multer by its name, wherever it is set. */
type OptionOf = (name: string) => Written | undefined;

/** `multer.diskStorage({ destination, filename })`, `multer.memoryStorage()`, `dest`, `limits`, `fileFilter` */
export function setUpOf(
  node: CodeView,
  option: OptionOf,
): Pick<Parser, 'filter' | 'limits' | 'keeps' | 'names' | 'naming'> {
  const storage = option('storage');
  const written = storage && writtenAs(node, storage.expression, storage.scope);
  const maker =
    written?.expression.kind === 'call' ? { call: written.expression, scope: written.scope } : undefined;
  const name = maker ? node.nameOf(maker.call.callee, maker.scope) : '';
  const first = maker && argumentOf(maker, 0);
  const naming = optionOf(node, first, 'filename') ?? optionOf(node, first, 'key');
  const functions = naming ? [naming] : [];
  const isMemory = /memoryStorage$/.test(name) || (storage === undefined && option('dest') === undefined);
  return {
    filter: option('fileFilter'),
    limits: placeOf(node, optionOf(node, option('limits'), 'fileSize')),
    keeps: !isMemory,
    names: !isMemory && functions.length === 0,
    naming: functions,
  };
}
