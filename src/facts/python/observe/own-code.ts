import type { Module } from '../../code/modules.ts';

/** The tool that changes the schema runs apart and brings a logging set-up of its own. */
export const isMigration = ({ path, file }: Module): boolean =>
  /(^|\/)(alembic|migrations?|versions)\//.test(path) &&
  /\balembic\b|django\.db|flask_migrate/.test(file.text);
