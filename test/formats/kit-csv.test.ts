import t from 'tap';
import { readKitCsv } from '../../src/formats/kit-csv.ts';
import { LOCI } from '../../src/kinship/index.ts';
import { readText } from '../package.ts';

t.test('the kits that are shipped have as many loci as their sources say', (t) => {
  const kits = readKitCsv(readText('fixtures/kits/kits.csv'));
  const counts = Object.fromEntries(kits.map(({ name, loci }) => [name, loci.length]));
  t.same(counts, {
    'Identifiler Plus': 15,
    GlobalFiler: 21,
    'Huaxia Platinum': 23,
    'PowerPlex 21': 20,
    'PowerPlex Fusion 6C': 23,
    'Goldeneye 20A': 19,
    'AGCU EX22': 21,
    'AGCU 21+1': 21,
    'SiFaSTR 23-plex': 21,
  });
  t.ok(kits.every(({ loci }) => loci.every((locus) => LOCI.includes(locus))));
  t.end();
});

t.test('a file of kits that cannot be read says where', (t) => {
  const header = 'kit,maker,loci';
  const refused = (rows: string, message: RegExp): void => {
    t.throws(() => readKitCsv(`${header}\n${rows}`), { code: 'CONFIGURATION_INVALID', message });
  };
  t.same(readKitCsv(`${header}\nK,M,VWA;PENTA_D\n`), [{ name: 'K', maker: 'M', loci: ['vWA', 'Penta D'] }]); // prettier-ignore
  refused('K,M,vWA\nL,M,vWA;NOWHERE\n', /Row 3 .*no locus NOWHERE/);
  refused('K,M,vWA;VWA\n', /Row 2 .*a locus of K stands twice/);
  refused('K,M,vWA\nK,M,FGA\n', /Row 3 .*K stands twice/);
  refused('K,,vWA\n', /Row 2 .*give kit, maker and loci/);
  t.end();
});
