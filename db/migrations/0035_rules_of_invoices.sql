-- Run by their triggers, and by nobody else.
revoke execute on function invoice_numbers_have_no_gap(), invoices_are_never_changed() from public;
