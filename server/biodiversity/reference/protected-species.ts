/**
 * Protected species that mines in China are likely to meet. UNVERIFIED: the national classes are transcribed from the
 * 2021 lists by second hand and the IUCN and CITES values are general knowledge; an operator must load the official
 * annexes before anything is decided on them. null = not listed, undefined = not known here.
 */
export interface ProtectedSpecies {
  readonly scientificName: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kingdom: 'Animalia' | 'Plantae';
  readonly class: string;
  readonly family: string;
  readonly national: 'I' | 'II' | null;
  readonly iucn?: 'CR' | 'EN' | 'VU' | 'NT' | 'LC';
  readonly cites: 'I' | 'II' | 'III' | null;
  /** The listing names all species of the genus. */
  readonly wholeGenus?: true;
  readonly note?: string;
}

type Row = readonly [
  scientificName: string,
  nameZh: string,
  nameEn: string,
  family: string,
  national: ProtectedSpecies['national'],
  iucn: ProtectedSpecies['iucn'],
  cites: ProtectedSpecies['cites'],
];

const animals = (className: string, rows: readonly Row[]): ProtectedSpecies[] =>
  rows.map(row => species('Animalia', className, row));
const plants = (className: string, rows: readonly Row[]): ProtectedSpecies[] =>
  rows.map(row => species('Plantae', className, row));

function species(
  kingdom: ProtectedSpecies['kingdom'],
  className: string,
  [scientificName, nameZh, nameEn, family, national, iucn, cites]: Row,
): ProtectedSpecies {
  return {
    scientificName,
    nameZh,
    nameEn,
    kingdom,
    class: className,
    family,
    national,
    cites,
    ...(iucn === undefined ? {} : { iucn }),
  };
}

export const PROTECTED_SPECIES: readonly ProtectedSpecies[] = [
  ...animals('Aves', [
    ['Aegypius monachus', '秃鹫', 'Cinereous Vulture', 'Accipitridae', 'I', 'NT', 'II'],
    ['Gyps himalayensis', '高山兀鹫', 'Himalayan Vulture', 'Accipitridae', 'II', 'NT', 'II'],
    ['Aquila chrysaetos', '金雕', 'Golden Eagle', 'Accipitridae', 'I', 'LC', 'II'],
    ['Aquila nipalensis', '草原雕', 'Steppe Eagle', 'Accipitridae', 'I', 'EN', 'II'],
    ['Falco cherrug', '猎隼', 'Saker Falcon', 'Falconidae', 'I', 'EN', 'II'],
    ['Haliaeetus albicilla', '白尾海雕', 'White-tailed Eagle', 'Accipitridae', 'I', 'LC', 'I'],
    ['Bubo bubo', '雕鸮', 'Eurasian Eagle-Owl', 'Strigidae', 'II', 'LC', 'II'],
    ['Grus nigricollis', '黑颈鹤', 'Black-necked Crane', 'Gruidae', 'I', 'NT', 'I'],
    ['Ciconia boyciana', '东方白鹳', 'Oriental Stork', 'Ciconiidae', 'I', 'EN', 'I'],
    ['Ciconia nigra', '黑鹳', 'Black Stork', 'Ciconiidae', 'I', 'LC', 'II'],
    ['Cygnus cygnus', '大天鹅', 'Whooper Swan', 'Anatidae', 'II', 'LC', null],
    ['Aythya baeri', '青头潜鸭', "Baer's Pochard", 'Anatidae', 'I', 'CR', null],
    ['Ichthyaetus relictus', '遗鸥', 'Relict Gull', 'Laridae', 'I', 'VU', 'I'],
    ['Syrmaticus humiae', '黑颈长尾雉', "Hume's Pheasant", 'Phasianidae', 'I', 'NT', 'I'],
    ['Syrmaticus reevesii', '白冠长尾雉', "Reeves's Pheasant", 'Phasianidae', 'I', 'VU', 'II'],
    ['Syrmaticus ellioti', '白颈长尾雉', "Elliot's Pheasant", 'Phasianidae', 'I', 'NT', 'I'],
    ['Chrysolophus amherstiae', '白腹锦鸡', "Lady Amherst's Pheasant", 'Phasianidae', 'II', 'LC', null],
    ['Chrysolophus pictus', '红腹锦鸡', 'Golden Pheasant', 'Phasianidae', 'II', 'LC', null],
    ['Emberiza aureola', '黄胸鹀', 'Yellow-breasted Bunting', 'Emberizidae', 'I', 'CR', null],
    ['Garrulax canorus', '画眉', 'Chinese Hwamei', 'Leiothrichidae', 'II', 'LC', 'II'],
    ['Egretta garzetta', '白鹭', 'Little Egret', 'Ardeidae', null, 'LC', null],
  ]),
  ...animals('Mammalia', [
    ['Manis pentadactyla', '穿山甲', 'Chinese Pangolin', 'Manidae', 'I', 'CR', 'I'],
    ['Trachypithecus francoisi', '黑叶猴', "François' Langur", 'Cercopithecidae', 'I', 'EN', 'II'],
    ['Trachypithecus leucocephalus', '白头叶猴', 'White-headed Langur', 'Cercopithecidae', 'I', 'CR', 'II'],
    ['Rhinopithecus bieti', '滇金丝猴', 'Yunnan Snub-nosed Monkey', 'Cercopithecidae', 'I', 'EN', 'I'],
    ['Macaca mulatta', '猕猴', 'Rhesus Macaque', 'Cercopithecidae', 'II', 'LC', 'II'],
    ['Moschus berezovskii', '林麝', 'Forest Musk Deer', 'Moschidae', 'I', 'EN', 'II'],
    ['Naemorhedus griseus', '中华斑羚', 'Chinese Goral', 'Bovidae', 'II', 'VU', 'I'],
    ['Prionailurus bengalensis', '豹猫', 'Leopard Cat', 'Felidae', 'II', 'LC', 'II'],
    ['Procapra przewalskii', '普氏原羚', "Przewalski's Gazelle", 'Bovidae', 'I', 'EN', null],
    ['Procapra gutturosa', '蒙原羚', 'Mongolian Gazelle', 'Bovidae', 'I', 'LC', null],
    ['Panthera uncia', '雪豹', 'Snow Leopard', 'Felidae', 'I', 'VU', 'I'],
  ]),
  ...animals('Amphibia', [
    ['Andrias davidianus', '大鲵', 'Chinese Giant Salamander', 'Cryptobranchidae', 'II', 'CR', 'I'],
  ]).map(row => ({ ...row, note: '仅限野外种群' })),
  ...animals('Reptilia', [
    ['Shinisaurus crocodilurus', '鳄蜥', 'Chinese Crocodile Lizard', 'Shinisauridae', 'I', 'EN', 'I'],
  ]),
  ...plants('Cycadopsida', [['Cycas', '苏铁属', 'Cycads', 'Cycadaceae', 'I', undefined, 'II']]).map(row => ({
    ...row,
    wholeGenus: true as const,
  })),
  ...plants('Pinopsida', [['Cathaya argyrophylla', '银杉', 'Cathay Silver Fir', 'Pinaceae', 'I', undefined, null]]),
  ...plants('Magnoliopsida', [
    ['Glycine soja', '野大豆', 'Wild Soybean', 'Fabaceae', 'II', undefined, null],
    ['Tetraena mongolica', '四合木', 'Tetraena', 'Zygophyllaceae', 'II', undefined, null],
    ['Ammopiptanthus mongolicus', '沙冬青', 'Mongolian Ammopiptanthus', 'Fabaceae', 'II', undefined, null],
    ['Excentrodendron tonkinense', '蚬木', 'Excentrodendron', 'Malvaceae', 'II', undefined, null],
  ]),
];

/** The lists that the levels above come from. */
export const STATUS_LISTS = [
  {
    code: 'CN_WILDLIFE_2021',
    jurisdiction: 'CN',
    titleZh: '国家重点保护野生动物名录',
    titleEn: 'National key protected wild animals',
    version: '2021-02-01',
  },
  {
    code: 'CN_PLANT_2021',
    jurisdiction: 'CN',
    titleZh: '国家重点保护野生植物名录',
    titleEn: 'National key protected wild plants',
    version: '2021-09-07',
  },
  {
    code: 'IUCN_RL',
    jurisdiction: 'world',
    titleZh: 'IUCN 红色名录',
    titleEn: 'IUCN Red List',
    version: 'unverified',
  },
  {
    code: 'CITES',
    jurisdiction: 'world',
    titleZh: '濒危野生动植物种国际贸易公约附录',
    titleEn: 'CITES appendices',
    version: 'unverified',
  },
] as const;
