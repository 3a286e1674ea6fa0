/** What each figure is: its name, its formula and its limits. The list is `statistics/indicators.ts`. */
export const methodMessages = {
  'nav.method': { fr: 'Méthode', en: 'Method' },
  'method.lede': {
    fr: 'Chaque chiffre d’une campagne : comment il est compté, d’où il vient, ce qu’il ne dit pas.',
    en: 'Every figure of a campaign: how it is counted, where it comes from, what it does not say.',
  },
  'method.figure': { fr: 'Chiffre', en: 'Figure' },
  'method.formula': { fr: 'Formule', en: 'Formula' },
  'method.unit': { fr: 'Unité', en: 'Unit' },
  'method.source': { fr: 'Source', en: 'Source' },
  'method.limits': { fr: 'Limites', en: 'Limits' },
  'method.money': { fr: 'L’argent', en: 'Money' },
  'method.rates': { fr: 'Les taux', en: 'Rates' },
  'method.rates.says': {
    fr: 'Un taux se lit avec sa note de contexte : le public rencontré, le canal, ce que disent les prescripteurs. Il n’est ni noté, ni classé.',
    en: 'A rate is read with its context note: the people who were met, the channel, what prescribers say. It is neither graded nor ranked.',
  },
  'method.counts': { fr: 'Les nombres', en: 'Counts' },
  'method.how': { fr: 'Comment ce chiffre est compté', en: 'How this figure is counted' },
  'method.unit.value': { fr: 'euros, à la valeur des chèques', en: 'euros, at the value of the vouchers' },
  'method.unit.euros': { fr: 'euros, au centime', en: 'euros, to the cent' },
  'method.unit.rate': { fr: 'pour cent', en: 'per cent' },
  'method.unit.books': { fr: 'carnets', en: 'books' },
  'method.unit.count': { fr: 'nombre', en: 'count' },
  'method.source.boxes': { fr: 'colis et oppositions', en: 'boxes and stop orders' },
  'method.source.ledger': { fr: 'grand livre', en: 'ledger' },
  'method.source.handouts': { fr: 'remises comptées par les prescripteurs', en: 'counts of prescribers' },
  'method.source.scans': { fr: 'scans acceptés', en: 'accepted scans' },
  'method.source.sealing': { fr: 'scellement des mois', en: 'sealing of months' },
  'method.source.releases': { fr: 'publications mensuelles', en: 'monthly releases' },
  'method.ordered': { fr: 'Commandé', en: 'Ordered' },
  'method.ordered.formula': {
    fr: 'Carnets des tirages demandés et non annulés × chèques par carnet × valeur d’un chèque.',
    en: 'Books of the print runs requested and not taken back × vouchers in a book × value of a voucher.',
  },
  'method.ordered.limits': { fr: 'Une commande n’engage pas encore d’argent.', en: 'An order binds no money yet.' },
  'method.funded': { fr: 'Financé', en: 'Funded' },
  'method.funded.formula': {
    fr: 'Somme des virements reçus pour la campagne.',
    en: 'Sum of the transfers received for the campaign.',
  },
  'method.funded.limits': {
    fr: 'Un virement sans référence attend d’être rapproché et n’y est pas.',
    en: 'A transfer without a reference waits to be matched and is not in it.',
  },
  'method.issued': { fr: 'Émis', en: 'Issued' },
  'method.issued.formula': {
    fr: 'Carnets arrivés des colis activés, en valeur.',
    en: 'Books that arrived of the boxes that were activated, in value.',
  },
  'method.issued.limits': {
    fr: 'Un colis ne s’active que si son argent est là : un chèque actif est toujours financé.',
    en: 'A box is activated only when its money is there: an active voucher is always funded.',
  },
  'method.active': { fr: 'Actif', en: 'Active' },
  'method.active.formula': {
    fr: 'Émis moins les carnets bloqués par une opposition.',
    en: 'Issued less the books blocked by a stop order.',
  },
  'method.active.limits': {
    fr: 'Une opposition levée les rend actifs.',
    en: 'They are active again when the order is lifted.',
  },
  'method.circulating': { fr: 'En circulation', en: 'Circulating' },
  'method.circulating.formula': {
    fr: 'Carnets des colis envoyés, moins ceux revenus au stock des financeurs.',
    en: 'Books of the boxes sent out, less those back in the stock of the funders.',
  },
  'method.circulating.limits': {
    fr: 'Un colis part avant d’être activé : il peut circuler plus de carnets qu’il n’en est émis.',
    en: 'A box leaves before it is activated: more books may circulate than are issued.',
  },
  'method.handed_out': { fr: 'Remis', en: 'Handed out' },
  'method.handed_out.formula': {
    fr: 'Somme des remises que les prescripteurs ont comptées, en valeur.',
    en: 'Sum of the hand-outs that prescribers counted, in value.',
  },
  'method.handed_out.limits': {
    fr: 'Mois terminés seulement, sans nom ni jour : lue chaque jour, elle dirait qui remet quand.',
    en: 'Months that are over only, without name or day: read each day, it would tell who hands out when.',
  },
  'method.redeemed': { fr: 'Utilisé', en: 'Used' },
  'method.redeemed.formula': {
    fr: 'Chèques acceptés et non annulés × valeur d’un chèque.',
    en: 'Vouchers accepted and not undone × value of a voucher.',
  },
  'method.redeemed.limits': {
    fr: 'De la veille au soir ; du dimanche soir sous 100 carnets. Un envoi tardif compte le soir de son arrivée.',
    en: 'As of the evening before; of Sunday evening under 100 books. What is sent late counts on the evening it arrives.',
  },
  'method.to_pay': { fr: 'À payer', en: 'To be paid' },
  'method.to_pay.formula': { fr: 'Utilisé moins payé moins en virement.', en: 'Used less paid less on its way.' },
  'method.to_pay.limits': {
    fr: 'Jamais sous zéro : ce qui fut payé puis annulé est dit à part.',
    en: 'Never below zero: what was paid and then undone is told apart.',
  },
  'method.in_payment': { fr: 'En virement', en: 'On its way' },
  'method.in_payment.formula': {
    fr: 'Virements remis à la banque, pas encore débités.',
    en: 'Transfers given to the bank and not debited yet.',
  },
  'method.in_payment.limits': {
    fr: 'Un virement rejeté redevient à payer.',
    en: 'A rejected transfer is to be paid again.',
  },
  'method.paid': { fr: 'Payé', en: 'Paid' },
  'method.paid.formula': {
    fr: 'Virements débités par la banque moins les retours.',
    en: 'Transfers that the bank debited, less returns.',
  },
  'method.paid.limits': { fr: 'Au jour comptable de la banque.', en: 'On the day that the bank booked it.' },
  'method.available': { fr: 'Disponible', en: 'Available' },
  'method.available.formula': {
    fr: 'Financé moins ce que les colis activés ont pris, rendu ou déplacé.',
    en: 'Funded less what activated boxes took, and what went back or elsewhere.',
  },
  'method.available.limits': {
    fr: 'Tenu financeur par financeur, au centime.',
    en: 'Kept funder by funder, to the cent.',
  },
  'method.returned': { fr: 'Repris', en: 'Taken back' },
  'method.returned.formula': {
    fr: 'Valeur des colis révoqués avant tout usage.',
    en: 'Value of the boxes taken back before any use.',
  },
  'method.returned.limits': { fr: 'Elle redevient disponible.', en: 'It is available again.' },
  'method.in_grace': { fr: 'En tolérance', en: 'In grace' },
  'method.in_grace.formula': {
    fr: 'Émis moins utilisé, entre le dernier jour de validité et la fin de la tolérance.',
    en: 'Issued less used, between the last day of validity and the end of grace.',
  },
  'method.in_grace.limits': { fr: 'Zéro hors de ces jours.', en: 'Zero outside these days.' },
  'method.expired': { fr: 'Expiré', en: 'Expired' },
  'method.expired.formula': {
    fr: 'Émis jamais utilisé, après la clôture des envois.',
    en: 'Issued and never used, once uploads are closed.',
  },
  'method.expired.limits': {
    fr: 'Connu après la fin de la tolérance seulement.',
    en: 'Known only after the end of grace.',
  },
  'method.credited': { fr: 'Rendu', en: 'Credited' },
  'method.credited.formula': {
    fr: 'Expiré remboursé ou passé à une autre campagne.',
    en: 'Expired value paid back, or moved to another campaign.',
  },
  'method.credited.limits': { fr: 'Chaque montant a son avoir.', en: 'Each amount has its credit note.' },
  'method.usage': { fr: 'Taux d’usage', en: 'Usage rate' },
  'method.usage.formula': {
    fr: 'Chèques utilisés ÷ chèques des carnets remis.',
    en: 'Vouchers used ÷ vouchers of the books handed out.',
  },
  'method.usage.limits': {
    fr: 'Les deux à la fin du dernier mois terminé, jour écrit à côté. Jamais sans note de contexte, ni classé. Trop haut si des remises ne sont pas déclarées.',
    en: 'Both at the end of the last month that is over, whose day is written beside it. Never without a context note, never ranked. Too high where hand-outs are not reported.',
  },
  'method.usage_of_issued': { fr: 'Utilisés sur émis', en: 'Used of issued' },
  'method.usage_of_issued.formula': { fr: 'Chèques utilisés ÷ chèques émis.', en: 'Vouchers used ÷ vouchers issued.' },
  'method.usage_of_issued.limits': {
    fr: 'Même jour que le taux d’usage. Ne dépend d’aucune déclaration.',
    en: 'Of the day of the usage rate. Depends on no report.',
  },
  'method.circulation': { fr: 'Mis en circulation', en: 'Put in circulation' },
  'method.circulation.formula': {
    fr: 'Chèques en circulation ÷ chèques commandés.',
    en: 'Vouchers circulating ÷ vouchers ordered.',
  },
  'method.circulation.limits': { fr: 'Même jour que le taux d’usage.', en: 'Of the day of the usage rate.' },
  'method.handed_out_rate': { fr: 'Remis sur en circulation', en: 'Handed out of circulating' },
  'method.handed_out_rate.formula': {
    fr: 'Chèques des carnets remis ÷ chèques en circulation.',
    en: 'Vouchers of the books handed out ÷ vouchers circulating.',
  },
  'method.handed_out_rate.limits': {
    fr: 'Même jour que le taux d’usage. Une remise non déclarée manque.',
    en: 'Of the day of the usage rate. A hand-out that is not reported is missing.',
  },
  'method.in_stock': { fr: 'Pas encore remis', en: 'Not handed out yet' },
  'method.in_stock.formula': {
    fr: 'Carnets actifs en stock ou en route, moins les remises des mois terminés.',
    en: 'Active books in stock or on the way, less the hand-outs of months that are over.',
  },
  'method.in_stock.limits': {
    fr: 'Au plus : les remises du mois en cours manquent.',
    en: 'At most: the hand-outs of the month under way are missing.',
  },
  'method.started_books': { fr: 'Carnets entamés', en: 'Books started' },
  'method.started_books.formula': {
    fr: 'Carnets dont un chèque au moins est utilisé.',
    en: 'Books of which one voucher or more is used.',
  },
  'method.started_books.limits': {
    fr: 'Comptés au scellement d’un mois et pour une campagne entière ; jamais sous 11.',
    en: 'Counted when a month is sealed and for a whole campaign; never below 11.',
  },
  'method.target_gap': { fr: 'Écart à l’objectif', en: 'Gap to the target' },
  'method.target_gap.formula': {
    fr: 'Réalisé moins visé ; entre deux échéances, l’objectif suit une ligne droite.',
    en: 'Done less wanted; between two due dates, the target is a straight line.',
  },
  'method.target_gap.limits': {
    fr: 'Chèques de la veille, carnets du dernier mois terminé. Ni bon, ni mauvais par lui-même.',
    en: 'Vouchers as of the evening before, books of the last month over. Neither good nor bad by itself.',
  },
  'method.published_count': { fr: 'Nombre publié', en: 'Published count' },
  'method.published_count.formula': {
    fr: 'Accompagnements par thème et par trimestre, arrondis à 5 au hasard, une fois pour toutes.',
    en: 'Sessions by theme and quarter, rounded to 5 at random, once and for all.',
  },
  'method.published_count.limits': {
    fr: 'Sous 11, ou une de plus qu’un carnet n’a de chèques : « moins de ». Ne s’additionne pas au total exact.',
    en: 'Below 11, or one more than a book has vouchers: “fewer than”. Does not add up to the exact total.',
  },
  'method.comparables': { fr: 'Campagnes comparables', en: 'Comparable campaigns' },
  'method.comparables.formula': {
    fr: 'Moitié centrale et médiane des taux d’usage de vos autres campagnes, au même mois de leur vie.',
    en: 'Middle half and median of the usage rates of your other campaigns, in the same month of their life.',
  },
  'method.comparables.limits': {
    fr: 'Les taux des autres financeurs ne sont publiés nulle part. Rien sous cinq campagnes qui ont une note de contexte. Ni rang, ni nom.',
    en: 'Rates of other funders are published nowhere. Nothing below five campaigns with a context note. No rank, no name.',
  },
  'method.forecast_used': { fr: 'Utilisé, si rien ne change', en: 'Used, if nothing changes' },
  'method.forecast_used.formula': {
    fr: 'Utilisé la veille + rythme médian des six derniers mois finis × mois restants, au plus tous les chèques actifs.',
    en: 'Used as of the evening before + median pace of the last six whole months × months left, all active vouchers at most.',
  },
  'method.forecast_used.limits': {
    fr: 'Toujours entre deux bornes : le mois le plus faible et le plus fort. Ignore congés et fermetures à venir. Rien avant trois mois finis.',
    en: 'Always within a range: the slowest month and the fastest. Knows no holiday or closing to come. Nothing before three whole months.',
  },
  'method.forecast_unused': { fr: 'Ne servirait pas', en: 'Would stay unused' },
  'method.forecast_unused.formula': {
    fr: 'Chèques actifs moins utilisés, si rien ne change, au dernier jour qui compte.',
    en: 'Active vouchers less those used, if nothing changes, on the last day that counts.',
  },
  'method.forecast_unused.limits': {
    fr: 'Une estimation ; le montant exact est l’expiré, après la fin de la tolérance.',
    en: 'An estimate; the exact amount is what expired, after the end of grace.',
  },
} as const
