import type { Repository, SourceFile } from '../../model/index.ts';
import { hasDependency, packagesIn, type NodePackage } from './packages.ts';

const CODE = /\.[cm]?[jt]sx?$/;

/** Declarations say what exists elsewhere; stories and settings of tools are run by nobody in production. */
const NO_PROGRAM =
  /\.d\.[cm]?ts$|\.stories\.[jt]sx?$|(^|\/)__mocks__\/|(^|\/)\.storybook\/|(^|\/)\.next\/|(^|\/)\.nuxt\/|(^|\/)(coverage|storybook-static)\//;

/** Files that are sent to browsers as they are. */
const SENT_AS_IS = /(^|\/)(public|static|assets|wwwroot)\//;

const ON_A_PAGE = [
  'react',
  'react-dom',
  'vue',
  'svelte',
  '@angular/core',
  'preact',
  'solid-js',
  'jquery',
  'lit',
];

/** Packages whose presence says that code runs on a server as well. */
const ON_A_SERVER =
  /^(express|fastify|koa|hono|polka|restify|next|nuxt|@nestjs\/core|@hapi\/hapi|@remix-run\/(node|serve|express)|@sveltejs\/adapter-node|@react-router\/(node|serve)|@trpc\/server|apollo-server.*|@apollo\/server|graphql-yoga|socket\.io|ws|bullmq|bull|amqplib|kafkajs|pg|mysql2?|mongodb|mongoose|sequelize|typeorm|prisma|@prisma\/client|drizzle-orm|knex|ioredis|redis|astro|@adonisjs\/core|elysia|moleculer|sails|@feathersjs\/feathers|nodemailer|aws-lambda|serverless|jsonwebtoken|bcrypt(js)?)$/;

/** A package whose code runs in browsers only. */
const isFrontEnd = (own: NodePackage): boolean =>
  hasDependency(own, ...ON_A_PAGE) &&
  ![...own.dependencies, ...own.devDependencies].some(name => ON_A_SERVER.test(name));

/** `"use client"` as the first line: what a framework sends to browsers. */
export const isForBrowsers = ({ text }: SourceFile): boolean =>
  /^\s*(\/\/[^\n]*\n|\/\*[^]*?\*\/|\s)*['"]use client['"]/.test(text.slice(0, 2_000));

/** Production code that runs in browsers: of packages that are for them alone, and what says so by itself. */
export function browserFilesIn(repository: Repository): readonly SourceFile[] {
  const packages = packagesIn(repository);
  const isInBrowser = new Map(packages.all.map(each => [each, isFrontEnd(each)]));
  return repository.files.filter(file => {
    if (file.role !== 'production' || !/\.([cm]?[jt]sx?|vue|svelte)$/.test(file.path)) return false;
    if (NO_PROGRAM.test(file.path) || /\.config\.\w+$|(^|\/)(server|scripts?)\//.test(file.path))
      return false;
    const own = packages.around(file.path);
    return own !== undefined && (isInBrowser.get(own) === true || isForBrowsers(file));
  });
}

/** JavaScript and TypeScript that may run on a server: in a package, and not only sent to browsers. */
export function serverFilesIn(repository: Repository): readonly SourceFile[] {
  const packages = packagesIn(repository);
  if (packages.all.length === 0) return [];
  const isInBrowser = new Map(packages.all.map(each => [each, isFrontEnd(each)]));
  return repository.files.filter(({ path, role }) => {
    if (!CODE.test(path) || NO_PROGRAM.test(path) || SENT_AS_IS.test(path)) return false;
    if (role === 'vendored' || role === 'generated' || role === 'test') return false;
    const own = packages.around(path);
    return own !== undefined && !isInBrowser.get(own);
  });
}
