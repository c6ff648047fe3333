import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkFile } from './rooms/check.ts';
import { readImports } from './rooms/imports.ts';
import { checkRooms } from './rooms.ts';

function rulesBroken(path: string, source: string): string[] {
  return checkFile(path, source).map(({ line, rule }) => `${line}: ${rule}`);
}

describe('readImports', () => {
  it('finds every way to name a module, with its line', () => {
    const source = [
      "import a, { type B } from 'one';",
      "import type { C } from 'two';",
      "import { type D, type E } from 'three';",
      "import 'four';",
      "export * from 'five';",
      "export type { F } from 'six';",
      "const seven = await import('seven');",
      "type Eight = import('eight').Eight;",
      "import nine = require('nine');",
      "const ten = require('ten');",
      "const eleven = process.getBuiltinModule('eleven');",
      "const twelve = import.meta.resolve('twelve');",
      "const thirteen = import('thir' + 'teen');",
    ].join('\n');
    expect(readImports('all.ts', source).imports).toEqual([
      { specifier: 'one', typeOnly: false, line: 1 },
      { specifier: 'two', typeOnly: true, line: 2 },
      { specifier: 'three', typeOnly: true, line: 3 },
      { specifier: 'four', typeOnly: false, line: 4 },
      { specifier: 'five', typeOnly: false, line: 5 },
      { specifier: 'six', typeOnly: true, line: 6 },
      { specifier: 'seven', typeOnly: false, line: 7 },
      { specifier: 'eight', typeOnly: true, line: 8 },
      { specifier: 'nine', typeOnly: false, line: 9 },
      { specifier: 'ten', typeOnly: false, line: 10 },
      { specifier: 'eleven', typeOnly: false, line: 11 },
      { specifier: 'twelve', typeOnly: false, line: 12 },
      { specifier: null, typeOnly: false, line: 13 },
    ]);
  });

  it('takes no import from comments, strings, templates, regular expressions or JSX', () => {
    const source = [
      "// import 'a'",
      "/* 😀 import 'b' */ const s = \"import 'c'\" + `require('d')`;",
      "const r = /import 'e'/; export const v = <p>import x from 'f'</p>;",
      "import z from 'real';",
    ].join('\n');
    expect(readImports('quoted.tsx', source).imports).toEqual([{ specifier: 'real', typeOnly: false, line: 4 }]);
  });

  it('refuses a file that does not parse', () => {
    expect(() => readImports('broken.ts', 'import x fro')).toThrow('broken.ts does not parse');
  });
});

describe('checkFile', () => {
  const breaks: readonly (readonly [path: string, source: string, rule: string])[] = [
    [
      'main/contract/a.ts',
      "import '../domain/x.ts';",
      'imports "../domain/x.ts": main/contract may not import from there',
    ],
    ['main/contract/a.ts', "import 'ws';", 'imports "ws": main/contract may not use the package ws'],
    ['main/domain/a/b.ts', "import 'node:fs';", 'imports "node:fs": main/domain may not use Node'],
    ['main/domain/a/b.ts', "import 'zod';", 'imports "zod": main/domain may not use the package zod'],
    [
      'main/domain/a/b.ts',
      'export const now = Date.now();',
      'Date.now: main/domain is pure; time and chance are arguments',
    ],
    [
      'main/domain/a/b.ts',
      'export const d = new Date();',
      'new Date(): main/domain is pure; time and chance are arguments',
    ],
    [
      'main/domain/a/b.ts',
      'export const r = Math.random();',
      'Math.random: main/domain is pure; time and chance are arguments',
    ],
    [
      'main/services/ssh/a.ts',
      "import '../store/x.ts';",
      'imports "../store/x.ts": main/services/ssh may not import from there',
    ],
    [
      'main/services/ssh/a.ts',
      "import '../console.ts';",
      'imports "../console.ts": main/services/ssh may not import from there',
    ],
    [
      'main/services/ssh/a.ts',
      "import 'better-sqlite3';",
      'imports "better-sqlite3": main/services/ssh may not use the package better-sqlite3',
    ],
    [
      'main/services/console.ts',
      "import 'electron';",
      'imports "electron": main/services/console.ts may not use the package electron',
    ],
    ['main/shells/web/a.ts', "import 'ssh2';", 'imports "ssh2": main/shells/web may not use the package ssh2'],
    [
      'main/shells/web/a.ts',
      "import '../../services/store/x.ts';",
      'imports "../../services/store/x.ts": main/shells/web may not import from there',
    ],
    ['main/shells/cli/a.ts', "import 'ws';", 'imports "ws": main/shells/cli may not use the package ws'],
    [
      'preload/index.ts',
      "import '../main/contract/console.ts';",
      'imports "../main/contract/console.ts": preload may not import from there',
    ],
    [
      'renderer/api/a.ts',
      "import { z } from '../../main/contract/samples.ts';",
      'imports "../../main/contract/samples.ts": renderer/api may not import its values, only its types',
    ],
    ['renderer/api/a.ts', "import 'node:fs';", 'imports "node:fs": renderer/api may not use Node'],
    [
      'renderer/api/a.ts',
      "import '../views/fleet.tsx';",
      'imports "../views/fleet.tsx": renderer/api may not import from there',
    ],
    [
      'renderer/views/a.tsx',
      "import '../../main/domain/collect/x.ts';",
      'imports "../../main/domain/collect/x.ts": renderer may not import from there',
    ],
    ['renderer/views/a.tsx', "import 'lodash';", 'imports "lodash": renderer may not use the package lodash'],
    [
      'e2e/a.ts',
      "import '../main/services/console.ts';",
      'imports "../main/services/console.ts": e2e may not import from there',
    ],
    [
      'scripts/a.ts',
      "import '../main/contract/console.ts';",
      'imports "../main/contract/console.ts": scripts may not import from there',
    ],
    [
      'main/domain/a.ts',
      "import '../../../elsewhere.ts';",
      'imports "../../../elsewhere.ts": main/domain may not reach outside the repository',
    ],
    ['main/domain/a.ts', "import './b.test.ts';", 'imports "./b.test.ts": main/domain may not import a test'],
    [
      'main/services/ssh/a.ts',
      "import 'fs/promises';",
      'imports "fs/promises": main/services/ssh may not: write node:fs/promises',
    ],
    [
      'main/services/ssh/a.ts',
      "import 'https://example.org/x.js';",
      'imports "https://example.org/x.js": main/services/ssh may not: neither a relative path nor a package',
    ],
    ['main/services/ssh/a.ts', 'await import(name);', 'import of a computed name; the room test cannot read it'],
    ['main/domain/a.ts', 'export default 1;', 'export default; exports have names'],
    [
      'main/services/nowhere/a.ts',
      '',
      'lies in no room; a new room is a row in scripts/rooms/table.ts and in docs/architecture.md',
    ],
    ['main/domain/theThing.ts', '', '"theThing.ts" is not kebab-case'],
  ];
  it.each(breaks)('%s with %s', (path, source, rule) => {
    expect(rulesBroken(path, source)).toEqual([`1: ${rule}`]);
  });

  it('lets each room import what is its own', () => {
    const sound = [
      ['main/contract/a.ts', "import 'zod'; import './rpc/wire.ts';"],
      ['main/domain/collect/a.ts', "import '../../contract/samples.ts'; export const d = new Date(0);"],
      ['main/services/ssh/a.ts', "import 'ssh2'; import 'node:net'; import '../../domain/collect/record.ts';"],
      ['main/services/console.ts', "import './ssh/a.ts'; import './store/a.ts';"],
      ['main/shells/web/a.ts', "import 'ws'; import '../../services/console.ts'; import '../../domain/present/a.ts';"],
      ['preload/index.ts', "import { ipcRenderer } from 'electron';"],
      [
        'renderer/api/a.ts',
        "import type { A } from '../../main/contract/samples.ts'; import '../../main/contract/rpc/client.ts';",
      ],
      ['renderer/views/a.tsx', "import 'react'; import '../api/a.ts'; import '@tanstack/react-virtual';"],
      ['vitest.config.ts', "import 'vitest/config'; export default {};"],
      ['main/domain/collect/a.test.ts', "import 'vitest'; import 'node:fs'; export const d = Date.now();"],
    ] as const;
    expect(sound.flatMap(([path, source]) => rulesBroken(path, source))).toEqual([]);
  });

  it('says how long a file may be', () => {
    expect(rulesBroken('main/domain/a.ts', '\n'.repeat(401))).toEqual(['401: 401 lines; above 400 a file is split']);
    expect(rulesBroken('main/domain/a.ts', '\n'.repeat(400))).toEqual([]);
    expect(rulesBroken('preload/index.ts', '\n'.repeat(41))).toEqual(['1: 41 lines; the preload stays below 40']);
  });
});

describe('checkRooms', () => {
  it('finds this repository and its own file in it', () => {
    const { files, breaches } = checkRooms(dirname(dirname(fileURLToPath(import.meta.url))));
    expect(files).toBeGreaterThan(20);
    expect(breaches.filter(({ path }) => path.startsWith('scripts/rooms'))).toEqual([]);
  });
});
