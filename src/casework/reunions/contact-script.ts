/**
 * What an officer says, and does not, when a family or a person is first told: families who search are called by
 * swindlers, and have hung up on the true call.
 */
export const CONTACT_SCRIPT = {
  en: [
    'Go in person, two officers, in uniform and with identity cards; do not begin by telephone or message.',
    'Name the case id, and the collection point and month in which they gave blood: a stranger cannot know these.',
    'Ask for no money, account, password or code, and say that nobody of this service ever will.',
    'Let them call the station back under the number that they find themselves (110), before you go on.',
    'Say that a laboratory sampled both sides a second time; name no locus and no figure.',
    'Ask the person of unknown origin first, alone. From 16 years on they decide; who declines is not named to the family.',
    'Leave the name and number of a counsellor, and agree on when you come again.',
  ],
  zh: [
    '须由两名民警着装、出示证件上门告知；不得先以电话或短信告知。',
    '说明案件编号，以及其采血的采集点和月份，此类信息骗子无从得知。',
    '绝不索要钱款、账号、密码或验证码，并说明本系统任何人都不会索要。',
    '继续谈话之前，请对方自行拨打 110 或自行查到的派出所电话核实。',
    '说明实验室已对双方重新采样复核；不透露任何基因座和数值。',
    '先单独征询身源不明者本人的意见。年满十六周岁由本人决定；本人不愿相认的，不向家庭透露其身份。',
    '留下心理辅导人员的姓名和电话，并约定下次走访时间。',
  ],
} as const;
