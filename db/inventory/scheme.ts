import type { Inventory } from './words.ts'

const accounts = 'As long as the campaign’s accounts'
const whileItTakesPart = 'While it takes part, then as long as its accounts'
const reference = 'Until a newer list replaces it'

export const scheme = {
  installation: {
    ...{ why: 'A database knows its keyring and never becomes a demo', until: 'For ever', about: 'nobody' },
    columns: {
      isThisOne: 'There is one row.',
      mode: 'Demo or production.',
      keyringId: 'Which keyring belongs to it.',
      seededOn: 'The day the demo world was made.',
    },
  },
  funders: {
    ...{ why: 'Who pays for books', until: whileItTakesPart, about: 'organisation' },
    columns: { contactEmail: 'Whom to write to.' },
  },
  logos: {
    ...{ why: 'What is printed for who pays', until: whileItTakesPart, about: 'organisation' },
    columns: {
      png: 'The picture, written anew: nothing but its pixels.',
      width: 'In pixels.',
      height: 'In pixels.',
      isCurrent: 'Whether the next print run shows it.',
    },
  },
  prescribers: { why: 'Who hands books out', until: whileItTakesPart, about: 'organisation' },
  organisations: {
    ...{ why: 'Who is paid', until: whileItTakesPart, about: 'organisation' },
    columns: { vatStatus: 'What stands about VAT on its statements.' },
  },
  venues: {
    ...{ why: 'Where a voucher can be used; public', until: whileItTakesPart, about: 'organisation' },
    columns: {
      standardId: 'Its id in the national standard.',
      latitude: 'Where it is on the map.',
      longitude: 'Where it is on the map.',
      offersAllServices: 'Whether it offers every service.',
      standardRow: 'The rest of its line of the national standard, to export it again.',
      updatedOn: 'The day it was last changed.',
    },
  },
  venue_qualifications: { why: 'Since when a venue may scan', until: whileItTakesPart, about: 'organisation' },
  venue_services: { why: 'Which services a venue offers', until: whileItTakesPart, about: 'organisation' },
  venue_other_ids: {
    ...{ why: 'Two lists may know one place', until: whileItTakesPart, about: 'organisation' },
    columns: { standardId: 'Another id of the same place.' },
  },
  venue_imports: {
    ...{
      why: 'A list of venues between its check and its import',
      until: 'The file until the import is over, the report for ever',
      about: 'organisation',
    },
    columns: {
      fileName: 'What the file was called.',
      decisions: 'What a person decided of possible doubles.',
      report: 'What was found and done.',
      rowsDone: 'How far it is.',
      failure: 'Why it stopped.',
      touchedAt: 'When it last said something: one that was cut off is started again.',
    },
  },
  campaigns: {
    ...{ why: 'An agreement of funders', until: accounts, about: 'nobody' },
    columns: {
      faceValueCents: 'What a voucher is worth.',
      bookSize: 'How many vouchers in a book.',
      budgetedBooks: 'How many books are paid for.',
      startsOn: 'The first day.',
      endsOn: 'The last day.',
      graceDays: 'How long late scans are taken.',
      paysAllServices: 'Whether all services are paid.',
      acceptsAllVenues: 'Whether all venues may scan.',
      hasTerritory: 'Whether it is bound to places.',
      targetPublic: 'Whom it is for, in general words.',
      objectives: 'What it is for.',
      lowBalancePercent: 'Below which share of money left its funders are told.',
      uploadsClosedOn: 'The last day of late scans.',
      closedOn: 'The day its accounts were closed.',
    },
  },
  campaign_funders: {
    ...{ why: 'Each funder’s part of a voucher', until: accounts, about: 'organisation' },
    columns: { partCents: 'Its part, in cents.', signedBy: 'Who signed for it.', signedOn: 'The day it signed.' },
  },
  campaign_services: { why: 'Which services are paid', until: accounts, about: 'nobody' },
  campaign_venues: { why: 'Which venues may scan', until: accounts, about: 'organisation' },
  campaign_territories: { why: 'In which places vouchers are valid', until: accounts, about: 'nobody' },
  campaign_targets: {
    ...{ why: 'What a campaign wants to reach', until: accounts, about: 'nobody' },
    columns: {
      indicator: 'What is measured.',
      target: 'What it should be.',
      dueOn: 'By when.',
      responsible: 'Which organisation sees to it.',
    },
  },
  campaign_decisions: { why: 'What its funders decided', until: accounts, about: 'worker' },
  context_notes: {
    ...{ why: 'What explains a figure', until: accounts, about: 'worker' },
    columns: { writtenOn: 'The day it was written.' },
  },
  share_links: {
    ...{ why: 'A funder shows released figures without an account', until: accounts, about: 'organisation' },
    columns: { tokenHash: 'Hash of the secret in the link. Who opened it is not noted.' },
  },
  catalogue_versions: {
    ...{ why: 'The list of services over time', until: 'For ever', about: 'nobody' },
    columns: { publishedFrom: 'Since when it holds.' },
  },
  catalogue_themes: {
    why: 'Groups of services',
    until: 'For ever',
    about: 'nobody',
    columns: { title: 'What it is called.' },
  },
  catalogue_services: {
    ...{ why: 'What a service is', until: 'For ever', about: 'nobody' },
    columns: {
      title: 'What it is called.',
      description: 'What happens in it.',
      level: 'How difficult it is.',
      nationalService: 'Its name in the national standard.',
      durationMinutes: 'How long it takes.',
      provenance: 'Where the text comes from.',
      retiredOn: 'Until when it was offered.',
      replacedBy: 'What came after it.',
    },
  },
  services: { why: 'Codes of services never change their meaning', until: 'For ever', about: 'nobody' },
  regions: { why: 'Official list', until: reference, about: 'nobody' },
  departments: { why: 'Official list', until: reference, about: 'nobody', columns: { regionCode: 'In which region.' } },
  epcis: { why: 'Official list', until: reference, about: 'nobody' },
  communes: {
    ...{ why: 'Official list', until: reference, about: 'nobody' },
    columns: {
      departmentCode: 'In which département.',
      epciCode: 'In which group of communes.',
      parentCode: 'Of which commune it is a part.',
      population: 'How many people live there.',
      postalCodes: 'Its postcodes.',
      formerCodes: 'Codes it had before.',
    },
  },
  territory_facts: {
    ...{ why: 'Public figures of a territory', until: reference, about: 'nobody' },
    columns: { communeCodes: 'Which communes it covers.', facts: 'The figures.' },
  },
} satisfies Inventory
