const status = document.querySelector('#status')
if (status) status.textContent = 'Cet appareil n’est pas encore inscrit. Demandez un jeton à votre coordinateur.'
