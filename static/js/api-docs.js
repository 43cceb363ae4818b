/** Swagger UI over the schema, with the session of the reader. */

const place = document.getElementById("api-docs");
window.SwaggerUIBundle({
  url: `${place.dataset.schema}?format=json`,
  domNode: place,
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    request.headers["X-CSRFToken"] = place.dataset.csrf;
    return request;
  },
});
