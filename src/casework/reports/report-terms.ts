import { type Language, LANGUAGES } from './report.schema.ts';

/**
 * Everything that a report says, in English and in Chinese. The Chinese terms are those of GB/T 37223-2018
 * (parentage testing) and SF/T 0117-2021 (full siblings), and of docs/glossary.md.
 * `{name}` stands for what is filled in.
 */
const TERMS = {
  title: ['Candidate report', '候选比中报告'],
  notice: [
    'A lead, not an identification, until re-sampling confirms it.',
    '本报告仅为线索，不是身份认定；须经重新采样复核确认。',
  ],
  page: ['Page {page} of {pages}', '第 {page} 页，共 {pages} 页'],
  reportId: ['Report {id}, revision {revision}', '报告 {id}，修订版 {revision}'],
  hash: ['SHA-256 {hash}', 'SHA-256 {hash}'],
  generatedAt: ['Generated', '生成时间'],

  hypotheses: ['Hypotheses', '假设'],
  result: ['Result', '结果'],
  lr: ['LR', '似然比'],
  log10Lr: ['log10 LR', 'log10 似然比'],
  combinedLr: ['Combined LR', '累积似然比'],
  finite: [
    'What is seen is {lr} times as probable under H1 as under H2.',
    '在 H1 下观察到上述分型的概率是在 H2 下的 {lr} 倍。',
  ],
  excluded: ['excluded', '排除'],
  infinite: ['infinite', '无穷大'],
  undefined: ['undefined', '无定义'],
  whyExcluded: ['What is seen is impossible under H1.', '在 H1 下不可能观察到上述分型。'],
  whyInfinite: ['What is seen is impossible under H2.', '在 H2 下不可能观察到上述分型。'],
  whyUndefined: ['What is seen is impossible under both.', '在两个假设下均不可能观察到上述分型。'],
  lociCompared: ['Loci compared', '比对基因座数'],
  lociInconsistent: ['Inconsistent loci', '不符合遗传规律的基因座数'],
  ofLoci: ['{inconsistent} of {compared}', '{inconsistent} / {compared}'],
  openFindings: [
    'Open findings of these people: {count}. A sample shows the genotypes of another sample, or of staff, and nobody has said why.',
    '上述人员另有 {count} 项待查发现：其样本分型与另一样本或工作人员一致，原因尚未确认。',
  ],
  lapsed: [
    'Judged again at {at}, the pair no longer reached the threshold.',
    '{at} 重新计算时，该候选已不再达到阈值。',
  ],
  wholeFails: [
    'Part of the typed family is put forward. All of it together came to log10 LR {log10Lr}, with {inconsistent} inconsistent loci.',
    '本候选仅依据部分已分型的家庭成员；全部成员一并计算时 log10 似然比为 {log10Lr}，不符合遗传规律的基因座 {inconsistent} 个。',
  ],

  people: ['People compared', '比对人员'],
  sample: ['Sample', '样本编号'],
  relation: ['Relation to the missing child', '与失踪儿童的关系'],
  countsInLr: ['In the LR', '计入似然比'],
  yes: ['yes', '是'],
  no: ['no', '否'],
  lociTyped: ['Loci typed', '已分型基因座数'],
  'unknown-origin': ['person of unknown origin', '来历不明人员'],
  father: ['father', '父亲'],
  mother: ['mother', '母亲'],
  sibling: ['full sibling', '全同胞'],
  'paternal-half-sibling': ['paternal half sibling', '同父异母半同胞'],
  'maternal-half-sibling': ['maternal half sibling', '同母异父半同胞'],
  'paternal-grandfather': ['paternal grandfather', '祖父'],
  'paternal-grandmother': ['paternal grandmother', '祖母'],
  'maternal-grandfather': ['maternal grandfather', '外祖父'],
  'maternal-grandmother': ['maternal grandmother', '外祖母'],
  'paternal-uncle': ['paternal uncle', '叔伯'],
  'paternal-aunt': ['paternal aunt', '姑姑'],
  'maternal-uncle': ['maternal uncle', '舅舅'],
  'maternal-aunt': ['maternal aunt', '姨妈'],

  loci: ['Locus by locus', '各基因座分型与似然比'],
  lociAlso: ['Locus by locus: further relatives', '各基因座分型：其他亲属'],
  locus: ['Locus', '基因座'],
  fit: ['Fit with H1', '与 H1 的符合情况'],
  notTyped: ['–', '–'],
  consistent: ['consistent', '符合'],
  mutation: ['INCONSISTENT: mutation', '不符合：突变'],
  'mutation-or-silent': ['INCONSISTENT: silent allele or mutation', '不符合：沉默等位基因或突变'],
  inconsistent: ['INCONSISTENT', '不符合'],
  different: ['DIFFERENT', '不同'],
  oneStep: ['1 step', '1 步'],
  steps: ['{steps} steps', '{steps} 步'],
  noSteps: ['no whole number of steps', '非整步'],
  notCounted: ['without {names}', '未计 {names}'],
  lociNote: [
    'Consistent: the genotypes fit H1 without mutation, silent allele or drop-out. Steps: the fewest whole repeats that explain what does not fit. Combined LR: the product over the loci.',
    '“符合”指无需突变、沉默等位基因或等位基因丢失即符合 H1。步数为可解释不符合之处的最少重复单位数。累积似然比为各基因座似然比之积。',
  ],
  omitted: ['Loci left out, and why', '未计入的基因座及原因'],
  reason: ['Reason', '原因'],
  'more-than-two-alleles': ['more than two alleles', '等位基因多于两个'],
  'off-ladder-allele': ['allele off the ladder', '等位基因超出分型标准物范围'],
  'allele-may-have-dropped-out': ['allele may have dropped out', '可能有等位基因丢失'],
  'child-not-typed': ['the person is not typed here', '该人员未分型'],
  'no-parent-typed': ['no parent is typed here', '父母均未分型'],
  'no-member-typed': ['nobody of the family is typed here', '家庭成员均未分型'],
  'typed-in-one-person': ['typed in one person only', '仅一人已分型'],
  'not-in-table': ['not in the frequency table', '频率表中无此基因座'],

  rivals: ['Rival relationships', '其他可能的亲缘关系'],
  rivalsNote: [
    'Each relative and the person alone, every relationship against unrelated. A relative of another kind can reach a high LR as a parent.',
    '每名亲属与该人员单独比对，各关系均与“无关个体”相比较。其他近亲作为父母计算时也可能得到较高的似然比。',
  ],
  noRivals: [
    'The release that computed the candidate weighed none.',
    '计算本候选的版本未作此项计算。',
  ],
  relationship: ['Relationship', '关系'],
  'parent-child': ['parent and child', '亲子'],
  'full-siblings': ['full siblings', '全同胞'],
  'paternal-half-siblings': ['half siblings, as grandparent and grandchild', '半同胞（祖孙同）'],
  avuncular: ['uncle or aunt and nephew or niece', '叔姑舅姨与侄甥'],
  identical: ['the same person or identical twins', '同一个体或同卵双生'],

  populations: ['LR by population', '各群体的似然比'],
  population: ['Frequency table', '等位基因频率表'],
  ofPolicy: ['of the policy', '比对策略所用'],
  onePopulation: [
    'One table is stored, so there is one LR to show.',
    '系统中仅有一个频率表，故仅有一个似然比。',
  ],
  populationsNote: [
    'By the parameters of the policy, the smallest LR first: it is the one to rely on where the population is not known.',
    '均按同一比对策略的参数计算，最小者在前；群体来源不明时应以最小值为准。',
  ],
  tablesLeftOut: [
    '{count} further tables are stored and not shown.',
    '系统中另有 {count} 个频率表未列出。',
  ],
  notComputed: ['not computed: {problem}', '未计算：{problem}'],

  evaluation: ['What it means in this database', '在本数据库中的意义'],
  posterior: ['Posterior probability', '后验概率'],
  posteriorNote: [
    'Prior that the family is in the database {prior}, shared evenly by {families} families ({each} each). Posterior: prior times LR of this family, divided by the sum of that over all families and the prior that none of them is it. Families that are no candidate of this person count with LR 1. Formula: Brenner and Weir 2003, doi:10.1016/S0040-5809(03)00008-X.',
    '其家庭在库的先验概率为 {prior}，由 {families} 个家庭均分（每个家庭 {each}）。后验概率 = 本家庭的先验概率 × 似然比 ÷（各家庭该乘积之和 + 均不是的先验概率）。非本人员候选的家庭按似然比 1 计。公式见 Brenner 与 Weir 2003，doi:10.1016/S0040-5809(03)00008-X。',
  ],
  chance: ['Expected chance candidates', '预期偶然比中数'],
  chanceNote: [
    'Unrelated pairs expected to reach this LR among the {pairs} pairs of this kind that {unknowns} people of unknown origin make with the families.',
    '{unknowns} 名来历不明人员与各家庭构成的 {pairs} 个同类组合中，预期达到该似然比的无关组合数。',
  ],
  thresholds: ['Thresholds of the policy', '比对策略所定阈值'],
  support: [
    'Candidate: combined LR of at least {threshold}. This one {reaches} it.',
    '候选：累积似然比不低于 {threshold}。本候选{reaches}。',
  ],
  doesReach: ['reaches', '达到该阈值'],
  failsToReach: ['does not reach', '未达到该阈值'],
  exclusion: [
    'Exclusion: the policy names no number of inconsistent loci. One inconsistent locus alone never excludes.',
    '排除：比对策略未规定不符合遗传规律的基因座数；仅一个基因座不符合时不得据此排除。',
  ],

  decisions: ['Decisions of analysts', '鉴定人员的意见'],
  noDecisions: ['None yet.', '尚无。'],
  verdict: ['Verdict', '意见'],
  analyst: ['Analyst', '鉴定人员'],
  decidedAt: ['Time (UTC)', '时间（UTC）'],
  aboutRevision: ['Of revision', '针对修订版'],
  proposed: ['proposed', '待审核'],
  'second-opinion': ['signed by one analyst', '一人已审核'],
  disputed: ['disputed by two analysts', '两人意见不一'],
  supported: ['supported', '支持'],
  inconclusive: ['inconclusive', '无法得出结论'],
  'more-loci': ['more loci wanted', '需增加基因座'],
  state: ['State', '状态'],

  parameters: ['Parameters', '计算参数'],
  theta: ['Theta (coancestry)', 'θ（群体亚结构校正）'],
  mutationModel: ['Mutation model', '突变模型'],
  none: ['none', '无'],
  equal: ['equal', '等概率'],
  proportional: ['proportional', '按频率比例'],
  onestep: ['one-step', '一步'],
  stepwise: ['stepwise', '逐步'],
  'stepwise-extended': ['stepwise, extended', '逐步（扩展）'],
  custom: ['matrices of the policy', '比对策略自带矩阵'],
  ratesOfFathers: ['Mutation rates, fathers', '突变率（父系）'],
  ratesOfMothers: ['Mutation rates, mothers', '突变率（母系）'],
  rates: [
    '{rate} a meiosis; to other microvariants {rate2}; factor of each further step {range}',
    '每次减数分裂 {rate}；至其他微变异 {rate2}；每多一步的系数 {range}',
  ],
  ratesPerLocus: ['Loci with rates of their own', '另定突变率的基因座'],
  untypedParent: ['Allele of an untyped parent', '未分型父母的等位基因'],
  mutates: ['passed through the mutation model', '经突变模型传递'],
  drawnFromPopulation: ['drawn from the population as it is', '直接取自群体频率'],
  minimumFrequency: ['Minimum frequency', '最小等位基因频率'],
  'five-over-2n': ['5/2N', '5/2N'],
  'confidence-bound': ['upper confidence bound {confidence}', '{confidence} 置信上限'],
  fixed: ['{frequency}', '{frequency}'],
  minimumOf: [
    '{rule}, of {whom}; scaled to a sum of 1: {scaled}',
    '{rule}，适用于{whom}；归一化：{scaled}',
  ],
  unseen: ['alleles that the table lacks', '表中没有的等位基因'],
  observed: ['observed alleles', '观察到的等位基因'],
  all: ['all alleles', '全部等位基因'],
  others: ['the others', '其余等位基因'],
  silentAlleles: ['Silent alleles', '沉默等位基因'],
  dropOut: ['Drop-out of an allele', '等位基因丢失率'],

  provenance: ['Provenance', '溯源信息'],
  engineVersion: ['Computed by', '计算程序'],
  computedAt: ['Computed at (UTC)', '计算时间（UTC）'],
  policy: ['Policy', '比对策略'],
  policyHash: ['Policy, SHA-256', '比对策略 SHA-256'],
  tableHash: ['Frequencies, SHA-256', '频率表 SHA-256'],
  profilesUsed: ['Profile of {name}', '{name} 的分型记录'],
  replayNote: [
    'To compute all numbers again: take the report as JSON, then `homeward replay report.json`. The hash is that of what the numbers depend on, the numbers and the decisions; language and time of generation are not part of it.',
    '如需复算：下载 JSON 格式的报告，运行 `homeward replay report.json`。该哈希覆盖计算依据、数值与意见，不含语言和生成时间。',
  ],
} as const satisfies Record<string, readonly [en: string, zh: string]>;

export type Term = keyof typeof TERMS;

/** Says a term, with its places filled in. */
export type Say = (term: Term, values?: Readonly<Record<string, string | number>>) => string;

/** What says the terms in a language. */
export function speak(language: Language): Say {
  const place = LANGUAGES.indexOf(language) as 0 | 1;
  return (term, values = {}) =>
    TERMS[term][place].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`the term ${term} wants a value for ${name}`);
      return String(value);
    });
}

/** Whether there is a word for it: what comes from elsewhere may be newer than the terms. */
export function isTerm(name: string): name is Term {
  return Object.hasOwn(TERMS, name);
}
