import type { Module } from '../modules.ts';

/** The tool that changes the schema runs apart and brings a logging set-up of its own. */
export const isMigration = ({ path }: Module): boolean => /(^|\/)(alembic|migrations?|versions)\//.test(path);
