// The page at /api/docs/: the API's description, drawn by Swagger UI.

const page = /** @type {HTMLElement} */ (document.querySelector("#api"));

/** @type {any} */ (window).SwaggerUIBundle({
  url: page.dataset.schema,
  domNode: page,
  deepLinking: true,
  // Its badge would ask a server outside.
  validatorUrl: null,
  /** @param {{ method?: string, headers: Record<string, string> }} request */
  requestInterceptor: (request) => {
    if (!request.method || request.method === "GET") return request;
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (token) request.headers["X-CSRFToken"] = token;
    return request;
  },
});
