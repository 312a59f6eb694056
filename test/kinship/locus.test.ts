import t from 'tap';
import { findLocus, LOCI, type Locus, locusNumber, repeatLength } from '../../src/kinship/index.ts';

/** The order of stored profiles: a locus may be added at the end, and no other change is possible. */
const STORED_ORDER = [
  'CSF1PO D1S1656 D2S441 D2S1338 D3S1358 D5S818 D7S820 D8S1179 D10S1248 D12S391 D13S317 D16S539',
  'D18S51 D19S433 D21S11 D22S1045 FGA TH01 TPOX vWA SE33 D6S1043 Penta_C Penta_D Penta_E F13A01',
  'F13B FESFPS LPL D10S1435 D10S2325 D11S2368 D11S4463 D11S554 D12ATA63 D13S325 D14S1434 D14S608',
  'D15S659 D17S1290 D17S1301 D17S906 D18S1364 D18S535 D18S853 D19S253 D1GATA113 D1S1627 D1S1677',
  'D20S470 D20S482 D21S1270 D21S2055 D22GATA198B05 D2S1360 D2S1776 D3S1744 D3S3045 D3S4529',
  'D4S2366 D4S2408 D5S2500 D5S2800 D6S1017 D6S474 D6S477 D7S1517 D7S3048 D8S1132 D9S1122 D9S925',
  'APOAI1',
].flatMap((line) => line.split(' ').map((name) => name.replace('_', ' ')));

t.test('the numbers of the loci in stored profiles do not move', (t) => {
  t.same(LOCI.slice(0, STORED_ORDER.length), STORED_ORDER);
  t.end();
});

t.test('every locus is found under its own name, and its number leads back to it', (t) => {
  for (const locus of LOCI) {
    t.equal(findLocus(locus), locus);
    t.equal(LOCI[locusNumber(locus)], locus);
  }
  t.end();
});

t.test('other spellings lead to the one name', (t) => {
  const spellings = {
    VWA: 'vWA',
    vWF: 'vWA',
    'vWA-31': 'vWA',
    PENTA_D: 'Penta D',
    PentaD: 'Penta D',
    'penta-e': 'Penta E',
    ACTBP2: 'SE33',
    THO1: 'TH01',
    'TH 01': 'TH01',
    CSF: 'CSF1PO',
    TPO: 'TPOX',
    FIBRA: 'FGA',
    F13A1: 'F13A01',
    'FES/FPS': 'FESFPS',
    D22GATA: 'D22GATA198B05',
    'D22-GATA198B05': 'D22GATA198B05',
    ' d3s1358 ': 'D3S1358',
    D3_S1358: 'D3S1358',
  };
  for (const [spelling, locus] of Object.entries(spellings))
    t.equal(findLocus(spelling), locus, spelling);
  t.end();
});

t.test('what is no autosomal locus is not found', (t) => {
  for (const spelling of ['', ' ', 'AMEL', 'DYS391', 'D3S13', 'D3S13588', 'TH1', 'constructor']) {
    t.equal(findLocus(spelling), undefined, `"${spelling}"`);
  }
  t.throws(() => locusNumber('AMEL' as Locus), new RangeError('AMEL is not in the registry'));
  t.end();
});

t.test('repeats have three, four or five bases', (t) => {
  const lengths = {
    D22S1045: 3,
    D12ATA63: 3,
    D3S1358: 4,
    TH01: 4,
    SE33: 4,
    'Penta D': 5,
    'Penta E': 5,
  };
  for (const [locus, length] of Object.entries(lengths)) {
    t.equal(repeatLength(locus as Locus), length, locus);
  }
  t.ok(LOCI.every((locus) => [3, 4, 5].includes(repeatLength(locus))));
  t.end();
});
