/** The page for everybody: can they pay? */
export const transparencyMessages = {
  'nav.transparency': { fr: 'Transparence', en: 'Transparency' },
  'transparency.there': { fr: 'L’argent est là', en: 'The money is there' },
  'transparency.broken': { fr: 'Un contrôle ne tombe pas juste', en: 'A check does not come out right' },
  'transparency.empty': { fr: 'Aucun argent reçu pour l’instant', en: 'No money received yet' },
  'transparency.lede': {
    fr: 'Chaque chèque en circulation a sa contrepartie en banque, dans une caisse réservée à sa campagne. Les contrôles passent toutes les heures.',
    en: 'Every voucher in circulation has its money in the bank, in a pool kept for its campaign. The checks run every hour.',
  },
  'transparency.bank': { fr: 'En banque', en: 'In the bank' },
  'transparency.bank.told': {
    fr: 'dans nos livres, égaux au relevé de la banque du {day}',
    en: 'in our books, equal to the bank’s statement of {day}',
  },
  'transparency.bank.apart': {
    fr: 'dans nos livres, le relevé du {day} en diffère de {cents}',
    en: 'in our books; the statement of {day} differs by {cents}',
  },
  'transparency.bank.untold': {
    fr: 'dans nos livres, non rapproché d’un relevé de la banque',
    en: 'in our books, not reconciled with a statement of the bank',
  },
  'transparency.owed': {
    fr: 'Dû aux lieux et aux porteurs de chèques',
    en: 'Owed to venues and to holders of vouchers',
  },
  'transparency.owed.of': {
    fr: '{owed} à verser aux lieux, {issued} de chèques en circulation',
    en: '{owed} to pay to venues, {issued} of vouchers in circulation',
  },
  'transparency.free': { fr: 'Disponible pour de nouveaux carnets', en: 'Free for new books' },
  'transparency.free.of': {
    fr: 'ou rendu aux financeurs en fin de campagne',
    en: 'or given back to funders when a campaign ends',
  },
  'transparency.csv': { fr: 'Ce tableau en CSV', en: 'This table as CSV' },
  'transparency.pools': { fr: 'Par caisse', en: 'By pool' },
  'transparency.pools.says': {
    fr: 'Une caisse ne paie jamais les dettes d’une autre.',
    en: 'A pool never pays the debts of another.',
  },
  'transparency.pool': { fr: 'Caisse', en: 'Pool' },
  'transparency.pool.common': {
    fr: '{account}, réserve de l’exploitant et sommes à attribuer',
    en: '{account}, the operator’s reserve and money to attribute',
  },
  'transparency.pool.owed': { fr: 'À payer, en virement', en: 'To pay, being paid' },
  'transparency.pool.issued': { fr: 'Chèques en circulation', en: 'Vouchers in circulation' },
  'transparency.pool.free': { fr: 'Disponible', en: 'Free' },
  'transparency.pool.apart': { fr: 'Réserve, à attribuer', en: 'Reserve, to attribute' },
  'transparency.total': { fr: 'Total', en: 'Total' },
  'transparency.checks': { fr: 'Contrôles', en: 'Checks' },
  'transparency.checks.never': {
    fr: 'Le premier contrôle n’est pas encore passé.',
    en: 'The first check is still to come.',
  },
  'transparency.checks.right': {
    fr: 'Dernier passage le {day} à {time}, {right} justes sur {count}.',
    en: 'Last run on {day} at {time}, {right} of {count} right.',
  },
  'transparency.checks.before': {
    fr: 'Le dernier qui ne tombait pas juste date du {day}.',
    en: 'The last that was not right dates from {day}.',
  },
  'transparency.how': { fr: 'Comment c’est calculé', en: 'How it is worked out' },
  'transparency.how.1': {
    fr: 'Chaque mouvement est une écriture qui débite un compte et en crédite un autre. Aucune n’est jamais modifiée, et chaque solde se recalcule depuis la première.',
    en: 'Each movement is one entry that debits an account and credits another. None is ever changed, and each balance is worked out again from the first.',
  },
  'transparency.how.2': {
    fr: 'Les accompagnements n’apparaissent ici qu’à l’arrêté du mois, par campagne entière : ces montants ne disent rien d’un lieu ni d’une personne.',
    en: 'Uses show here only when their month is settled, by whole campaigns: these amounts tell nothing of a venue or a person.',
  },
}
