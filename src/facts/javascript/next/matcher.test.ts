import { expect, test } from 'vitest';
import { pathPattern, sampleOf } from './matcher.ts';

test.each([
  ['/about/:path*', '/about', true],
  ['/about/:path*', '/about/a/b', true],
  ['/about/:path*', '/aboutness', false],
  ['/about/:path', '/about/a/b', false],
  ['/((?!api|_next/static|_next/image|favicon.ico).*)', '/dashboard', true],
  ['/((?!api|_next/static|_next/image|favicon.ico).*)', '/api/orders', false],
  ['/(api|trpc)(.*)', '/api/orders/1a', true],
  ['/(api|trpc)(.*)', '/orders', false],
  ['/((?!.*\\..*|_next).*)', '/api/x', true],
  ['/', '/', true],
  ['/', '/a', false],
  ['/dashboard/:id(\\d+)', '/dashboard/12', true],
  ['/dashboard/:id(\\d+)', '/dashboard/x', false],
  ['/:path*', '/', true],
  ['/(.*)', '/a/b', true],
  [
    '/((?!_next|[^?]*\\.(?:html?|css|js(?!on)|jpe?g|webp|png|gif|svg|ttf|woff2?|ico|csv|docx?|xlsx?|zip|webmanifest)).*)',
    '/api/orders',
    true,
  ],
])('%s on %s', (source, path, expected) => {
  expect(pathPattern(source)?.matches(path)).toBe(expected);
});

test('a parameter stands for what a caller may write', () => {
  expect(sampleOf('/api/orders/{id}')).toBe('/api/orders/1a');
});
