/** The page for everybody: can they pay? */
export const transparencyMessages = {
  'nav.transparency': { fr: 'Transparence', en: 'Transparency' },
  'transparency.there': { fr: 'L’argent est là', en: 'The money is there' },
  'transparency.books': { fr: 'Selon nos livres, l’argent est là', en: 'By our books, the money is there' },
  'transparency.broken': { fr: 'Un contrôle ne tombe pas juste', en: 'A check does not come out right' },
  'transparency.empty': { fr: 'Peuvent-ils payer ?', en: 'Can they pay?' },
  'transparency.lede': {
    fr: 'Chaque chèque en circulation a sa contrepartie en banque, dans une caisse réservée à sa campagne.',
    en: 'Every voucher in circulation has its money in the bank, in a pool kept for its campaign.',
  },
  'transparency.as_of': {
    fr: 'Montants au soir du {day}. Les suivants paraissent le {next}.',
    en: 'Amounts on the evening of {day}. The next come out on {next}.',
  },
  'transparency.none': { fr: 'Aucun montant publié pour l’instant', en: 'No amount published yet' },
  'transparency.none.next': {
    fr: 'Les premiers paraissent le {day}, si de l’argent a été reçu avant ce jour. Les contrôles, eux, passent toutes les heures.',
    en: 'The first come out on {day}, if money was received before that day. The checks run every hour.',
  },
  'transparency.bank': { fr: 'En banque', en: 'In the bank' },
  'transparency.bank.told': {
    fr: 'égal au relevé de la banque du {day}',
    en: 'equal to the bank’s statement of {day}',
  },
  'transparency.bank.told.all': {
    fr: 'égal aux relevés des {count} comptes, le plus ancien du {day}',
    en: 'equal to the statements of the {count} accounts, the oldest of {day}',
  },
  'transparency.bank.apart': {
    fr: 'un relevé de la banque en diffère, voir plus bas',
    en: 'a statement of the bank differs, see below',
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
    fr: '{owed} d’accompagnements faits, {issued} de chèques en circulation',
    en: '{owed} for sessions that took place, {issued} of vouchers in circulation',
  },
  'transparency.free': { fr: 'Disponible pour de nouveaux carnets', en: 'Free for new books' },
  'transparency.free.of': {
    fr: 'ou rendu aux financeurs en fin de campagne',
    en: 'or given back to funders when a campaign ends',
  },
  'transparency.files': { fr: 'Fichiers', en: 'Files' },
  'transparency.csv': { fr: 'Les caisses en CSV', en: 'The pools as CSV' },
  'transparency.csv.history': { fr: 'Tous les arrêtés en CSV', en: 'All evenings as CSV' },
  'transparency.pools': { fr: 'Par caisse', en: 'By pool' },
  'transparency.pools.says': {
    fr: 'En haut ce qu’il y a, en bas à quoi cela sert : les deux barres sont égales. Une caisse ne paie jamais les dettes d’une autre.',
    en: 'Above what there is, below what it is for: the two bars are equal. A pool never pays the debts of another.',
  },
  'transparency.pool': { fr: 'Caisse', en: 'Pool' },
  'transparency.pool.common': { fr: 'Hors campagne', en: 'Outside campaigns' },
  'transparency.pool.owed': { fr: 'À payer, en virement', en: 'To pay, being paid' },
  'transparency.pool.issued': { fr: 'Chèques en circulation', en: 'Vouchers in circulation' },
  'transparency.pool.free': { fr: 'Disponible', en: 'Free' },
  'transparency.pool.apart': { fr: 'Réserve', en: 'Reserve' },
  'transparency.pool.owes': { fr: 'À récupérer', en: 'To recover' },
  'transparency.account': { fr: 'Compte', en: 'Account' },
  'transparency.account.whole': { fr: 'Tout le compte', en: 'The whole account' },
  'transparency.total': { fr: 'Total', en: 'Total' },
  'transparency.statements': { fr: 'Ce que dit la banque', en: 'What the bank says' },
  'transparency.statements.says': {
    fr: 'Nos livres et le dernier relevé de chaque compte, tel que la banque l’a envoyé.',
    en: 'Our books and the last statement of each account, as the bank sent it.',
  },
  'transparency.statements.books': { fr: 'Dans nos livres', en: 'In our books' },
  'transparency.statements.bank': { fr: 'Relevé de la banque', en: 'The bank’s statement' },
  'transparency.statements.on': { fr: 'au {day}', en: 'on {day}' },
  'transparency.statements.state': { fr: 'Rapprochement', en: 'Reconciled' },
  'transparency.statements.untold': { fr: 'Non rapproché', en: 'Not reconciled' },
  'transparency.statements.equal': { fr: 'Juste', en: 'Right' },
  'transparency.statements.apart': { fr: 'Écart de {cents}', en: 'Differs by {cents}' },
  'transparency.history': { fr: 'Arrêté après arrêté', en: 'Month after month' },
  'transparency.history.says': {
    fr: 'Un montant publié ne change plus. Le taux dit combien de fois la banque couvre ce qui est dû.',
    en: 'A published amount never changes. The rate says how well the bank covers what is owed.',
  },
  'transparency.history.on': { fr: 'Au soir du', en: 'Evening of' },
  'transparency.history.covered': { fr: 'Couverture', en: 'Cover' },
  'transparency.checks': { fr: 'Contrôles', en: 'Checks' },
  'transparency.checks.what': { fr: 'Ce qui doit être vrai', en: 'What must be true' },
  'transparency.checks.state': { fr: 'Résultat', en: 'Result' },
  'transparency.checks.ok': { fr: 'Juste', en: 'Right' },
  'transparency.checks.wrong': { fr: 'Faux', en: 'Wrong' },
  'transparency.checks.untold': { fr: 'À venir', en: 'To come' },
  'transparency.checks.never': {
    fr: 'Le premier contrôle n’est pas encore passé.',
    en: 'The first check is still to come.',
  },
  'transparency.checks.right': {
    fr: 'Toutes les heures. Dernier passage le {day} à {time}, {right} justes sur {count}.',
    en: 'Every hour. Last run on {day} at {time}, {right} of {count} right.',
  },
  'transparency.checks.before': {
    fr: 'Le dernier qui ne tombait pas juste date du {day}.',
    en: 'The last that was not right dates from {day}.',
  },
  'check.assets_equal_liabilities': {
    fr: 'Ce qu’il y a dans une caisse est égal à ce à quoi cela sert',
    en: 'What a pool has is equal to what it is for',
  },
  'check.balances_replay_transfers': {
    fr: 'Chaque solde se recalcule depuis la première écriture',
    en: 'Each balance is worked out again from the first entry',
  },
  'check.no_balance_is_negative': { fr: 'Aucun compte n’est à découvert', en: 'No account is overdrawn' },
  'check.issued_is_what_vouchers_may_earn': {
    fr: 'L’argent mis de côté est exactement celui des chèques encore utilisables, part par part de chaque financeur',
    en: 'The money set aside is exactly that of vouchers that may still be used, part by part of each funder',
  },
  'check.activated_value_is_issued_accrued_or_expired': {
    fr: 'Chèques émis : utilisés, valables ou expirés, sans reste',
    en: 'Vouchers issued: used, valid or expired, with nothing left over',
  },
  'check.accrued_is_frozen_vouchers': {
    fr: 'Les bordereaux comptent la valeur d’un chèque pour chaque accompagnement, exactement',
    en: 'Statements count the value of a voucher for each session, exactly',
  },
  'check.organisations_get_what_they_earned': {
    fr: 'Chaque structure a reçu, reçoit ou attend ce qu’elle a gagné',
    en: 'Each organisation got, gets or awaits what it earned',
  },
  'check.statements_count_accepted_scans': {
    fr: 'Chaque chèque accepté est sur un bordereau, une seule fois',
    en: 'Each accepted voucher is on a statement, once',
  },
  'check.bank_covers_what_may_be_paid': {
    fr: 'L’argent en banque couvre tout ce qui est dû ou peut le devenir',
    en: 'The money in the bank covers all that is owed or may be',
  },
  'check.corrections_are_whole_vouchers': {
    fr: 'Une correction rend aux financeurs des chèques entiers',
    en: 'A correction gives whole vouchers back to funders',
  },
  'check.netting_meets_in_one_account': {
    fr: 'Une compensation entre campagnes ne fait sortir d’argent d’aucun compte',
    en: 'Netting across campaigns takes money out of no account',
  },
  'check.suspense_is_what_waits': {
    fr: 'L’argent reçu sans référence attend, entier, qu’on sache à qui il est',
    en: 'Money received without a reference waits, whole, until it is known whose it is',
  },
  'check.in_payment_is_what_payouts_await': {
    fr: 'L’argent en cours de virement est exactement celui des virements que la banque n’a pas encore confirmés',
    en: 'The money in payment is exactly that of the payouts the bank has not confirmed yet',
  },
  'check.bank_equals_last_statement': {
    fr: 'Nos livres sont égaux au dernier relevé importé de la banque',
    en: 'Our books equal the last imported statement of the bank',
  },
  'check.reserve_covers_what_is_owed': {
    fr: 'La réserve de l’exploitant couvre ce que des structures doivent rendre',
    en: 'The operator’s reserve covers what organisations have to give back',
  },
  'transparency.how': { fr: 'Vérifier soi-même', en: 'Check it yourself' },
  'transparency.how.says': { fr: 'Sans nous croire sur parole.', en: 'Without taking our word for it.' },
  'transparency.how.head': {
    fr: 'Empreinte du journal d’audit, aussi envoyée par courriel à chaque financeur',
    en: 'Head of the audit log, also mailed to each funder',
  },
  'transparency.how.sealed': {
    fr: 'Dernier mois scellé : les liens entre chèques et accompagnements sont détruits',
    en: 'Last sealed month: the links between vouchers and sessions are destroyed',
  },
  'transparency.how.sealed.on': { fr: '{month}, scellé le {day}', en: '{month}, sealed on {day}' },
  'transparency.how.ledger': { fr: 'Le calcul', en: 'How it is worked out' },
  'transparency.how.1': {
    fr: 'Chaque mouvement est une écriture qui débite un compte et en crédite un autre. Aucune n’est jamais modifiée, et chaque solde se recalcule depuis la première.',
    en: 'Each movement is one entry that debits an account and credits another. None is ever changed, and each balance is worked out again from the first.',
  },
  'transparency.how.2': {
    fr: 'Les accompagnements n’apparaissent ici qu’après l’arrêté du mois, par campagne entière : ces montants ne disent rien d’un lieu ni d’une personne.',
    en: 'Sessions show here only once their month is settled, by whole campaigns: these amounts tell nothing of a venue or a person.',
  },
}
